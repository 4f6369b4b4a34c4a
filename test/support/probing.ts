import type { FlinkCluster } from "./flink-cluster.ts";
import { freePorts } from "../../testkit/free-ports.ts";
import { runSluice, type SluiceProcess, type SluiceResult, startSluice } from "./run-sluice.ts";
import type { User } from "../../testkit/user.ts";
import { askUntil } from "../../testkit/eventually.ts";

type Variables = Readonly<Record<string, string>>;
type Properties = Readonly<Record<string, string | number>>;

/** Runs sluice beside the processes of a cluster, each of which has a run dir by its name, and starts more of them. */
export class Probing {
  readonly #cluster: FlinkCluster;
  readonly #user: User | undefined;
  readonly #cwd: string;
  readonly #started: SluiceProcess[] = [];

  constructor(cluster: FlinkCluster, user: User | undefined, cwd: string) {
    this.#cluster = cluster;
    this.#user = user;
    this.#cwd = cwd;
  }

  /** What `kubectl exec` in a container would say. */
  beside(name: string, args: readonly string[], env: Variables = {}): Promise<SluiceResult> {
    return runSluice(args, {
      env: { ...this.#cluster.environment(name), ...env },
      user: this.#user,
      cwd: this.#cwd,
    });
  }

  /** The exit code, and all that a probe has said. */
  async health(name: string, check: string, env: Variables = {}): Promise<string> {
    const args = ["health", name.replace(/-\d+$/, ""), `--${check}`, "--timeout=60s"];
    const { exitCode, stdout, stderr } = await this.beside(name, args, env);
    return `${exitCode} ${stdout}${stderr}`;
  }

  /** Starts another JobManager, and waits until its startup probe is content. */
  async startJobManager(name: string, properties: Properties, more: Variables = {}): Promise<SluiceProcess> {
    const env = { ...this.#cluster.environment(name, properties), ...more };
    const started = await startSluice(["run", "jobmanager"], { env, user: this.#user, cwd: this.#cwd });
    this.#started.push(started);
    await this.until(/^0 /, name, "startup", more);
    return started;
  }

  /** Probes until it says so. Throws with what it says, and with what was started, when it does not in two minutes. */
  async until(said: RegExp, name: string, check: string, env: Variables = {}): Promise<void> {
    const now = await askUntil(
      () => this.health(name, check, env),
      (answer) => said.test(answer),
    );
    if (!said.test(now)) throw new Error(`${now}\n${this.#lastWords()}`);
  }

  #lastWords(): string {
    return this.#started.map((process) => process.output().split("\n").slice(-25).join("\n")).join("\n\n");
  }

  async stop(): Promise<void> {
    await Promise.all(this.#started.map((process) => process.stop()));
  }
}

/** So that a JobManager can run beside another one. */
export async function portsOfItsOwn(): Promise<Record<string, number>> {
  const [rest = 0, rpc = 0, blob = 0] = await freePorts(3);
  return { "rest.port": rest, "rest.bind-port": rest, "jobmanager.rpc.port": rpc, "blob.server.port": blob };
}
