import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FlinkRest } from "./flink-rest.ts";
import { freePorts } from "../../testkit/free-ports.ts";
import { runSluice, type SluiceOptions, type SluiceProcess, type SluiceResult, startSluice } from "./run-sluice.ts";
import type { User } from "../../testkit/user.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { GaveUp, waitUntil } from "../../testkit/eventually.ts";

/** What the cluster listens on, all on 127.0.0.1; one of the last two for each TaskManager. */
export interface Ports {
  readonly rest: number;
  readonly rpc: number;
  readonly blob: number;
  readonly taskManagerRpc: readonly number[];
  readonly data: readonly number[];
}

/** The file of Flink's configuration; the second one is 1.x's. */
export type MountedConf = "config.yaml" | "flink-conf.yaml";

export interface FlinkClusterOptions {
  readonly flinkHome: string;
  /** Must exist; for the cluster alone, and writable by its user. */
  readonly folder: string;
  readonly key: "rsa" | "ec";
  readonly taskManagers: number;
  readonly user?: User | undefined;
  /** Flink's configuration is in a mounted folder that it cannot write, as in a ConfigMap, under this name. */
  readonly mountedConf?: MountedConf;
  /** Whether sluice starts the JVMs, or leaves it to Flink's scripts. */
  readonly launch?: "native" | "scripts";
  /** DNS names and addresses of the REST certificate; none by default, so that nothing can rely on them. */
  readonly restNames?: readonly string[];
  /** Further variables of every process. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Further keys of Flink's configuration. */
  readonly properties?: Readonly<Record<string, string | number>>;
  /** The processes write to files in the folder and may go on when this one ends. */
  readonly outlives?: boolean;
  /** Stops whatever is running. */
  readonly signal?: AbortSignal | undefined;
}

/** A JobManager and TaskManagers on this machine, each started by `sluice run` with mutual TLS on every port. */
export class FlinkCluster {
  readonly ports: Ports;
  readonly rest: FlinkRest;
  readonly #options: FlinkClusterOptions;
  readonly #processes: SluiceProcess[] = [];

  private constructor(options: FlinkClusterOptions, ports: Ports) {
    this.#options = options;
    this.ports = ports;
    this.rest = new FlinkRest(ports.rest, this.certificates("rest"));
  }

  /** Makes certificates and ports; starts nothing. */
  static async prepare(options: FlinkClusterOptions): Promise<FlinkCluster> {
    const [rest = 0, rpc = 0, blob = 0, ...others] = await freePorts(3 + 2 * options.taskManagers);
    const data = others.slice(options.taskManagers);
    const taskManagerRpc = others.slice(0, options.taskManagers);
    const cluster = new FlinkCluster(options, { rest, rpc, blob, taskManagerRpc, data });
    await cluster.#makeCertificates("internal", "flink.internal", []);
    await cluster.#makeCertificates("rest", "flink.rest", options.restNames ?? []);
    // Nothing but the key tells it from the right one.
    await cluster.#makeCertificates("foreign", "flink.internal", []);
    if (options.mountedConf !== undefined) cluster.#mountConf(options.mountedConf);
    return cluster;
  }

  /** The folder that is mounted as the Secret of internal TLS, or of the REST side; `foreign` is mounted nowhere. */
  certificates(name: "internal" | "rest" | "foreign"): string {
    return join(this.#options.folder, "certificates", name);
  }

  get processes(): readonly SluiceProcess[] {
    return this.#processes;
  }

  async #makeCertificates(
    folder: "internal" | "rest" | "foreign",
    name: string,
    sans: readonly string[],
  ): Promise<void> {
    const { key, user, signal } = this.#options;
    const args = ["certs", "--out", this.certificates(folder), "--key", key, "--name", name, "--san", sans.join(",")];
    const { exitCode, stderr } = await runSluice(args, { user, signal });
    if (exitCode !== 0) throw new Error(`sluice certs: exit code ${exitCode}\n${stderr}`);
  }

  #mountConf(name: MountedConf): void {
    const { flinkHome, user } = this.#options;
    const mounted = this.mountedConf;
    cpSync(join(flinkHome, "conf"), mounted, { recursive: true });
    const text = readFileSync(join(mounted, "config.yaml"), "utf8");
    if (name === "flink-conf.yaml") rmSync(join(mounted, "config.yaml"));
    // A key that nothing else sets tells that the file was read.
    writeFileSync(
      join(mounted, name),
      `${name === "config.yaml" ? text : javaOptions(text)}\nmetrics.scope.jm: mounted\n`,
    );
    for (const path of [...readdirSync(mounted).map((file) => join(mounted, file)), mounted]) {
      if (user !== undefined) chownSync(path, 0, user.gid);
      chmodSync(path, path === mounted ? 0o555 : 0o444);
    }
  }

  /** The folder that is mounted as Flink's configuration. */
  get mountedConf(): string {
    return join(this.#options.folder, "mounted-conf");
  }

  /** What a container of this cluster has in its environment. `role` names its run dir. */
  environment(role: string, properties: Readonly<Record<string, string | number>> = {}): Record<string, string> {
    const { flinkHome, folder, launch = "native", mountedConf, user } = this.#options;
    const tmp = join(folder, "tmp", role);
    mkdirSync(tmp, { recursive: true });
    if (user !== undefined) chownSync(tmp, user.uid, user.gid);
    const all = { ...this.#commonProperties(), ...jvmProperties(role, tmp), ...properties, "io.tmp.dirs": tmp };
    return {
      FLINK_HOME: flinkHome,
      SLUICE_RUN_DIR: join(tmp, "run"),
      TMPDIR: tmp,
      JOB_MANAGER_RPC_ADDRESS: "localhost",
      DISABLE_JEMALLOC: "true",
      SLUICE_LAUNCH: launch,
      FLINK_SSL_INTERNAL_ENABLED: "true",
      FLINK_SSL_INTERNAL_DIR: this.certificates("internal"),
      FLINK_SSL_REST_ENABLED: "true",
      FLINK_SSL_REST_AUTHENTICATION_ENABLED: "true",
      FLINK_SSL_REST_DIR: this.certificates("rest"),
      FLINK_PROPERTIES: Object.entries(all)
        .map(([key, value]) => `${key}: ${value}\n`)
        .join(""),
      ...(mountedConf !== undefined && { FLINK_CONF_DIR: this.mountedConf }),
      ...this.#options.variables,
    };
  }

  #commonProperties(): Record<string, string | number> {
    return {
      // A busy machine may take longer than Flink's ten seconds.
      "pekko.startup-timeout": "90 s",
      "jobmanager.rpc.port": this.ports.rpc,
      "jobmanager.bind-host": "127.0.0.1",
      "jobmanager.memory.process.size": "1000m",
      "blob.server.port": this.ports.blob,
      "rest.address": "localhost",
      "rest.port": this.ports.rest,
      "rest.bind-address": "127.0.0.1",
      "rest.bind-port": this.ports.rest,
      "taskmanager.host": "localhost",
      "taskmanager.bind-host": "127.0.0.1",
      "taskmanager.memory.process.size": "1000m",
      "taskmanager.numberOfTaskSlots": 1,
      "parallelism.default": this.#options.taskManagers,
      ...this.#options.properties,
    };
  }

  /** Starts everything and waits until the JobManager has its TaskManagers. Throws with the output of what ended early. */
  async start(): Promise<void> {
    await this.#start("jobmanager", "jobmanager", {});
    for (const [index, port] of this.ports.data.entries()) {
      const properties = {
        "taskmanager.data.port": port,
        "taskmanager.data.bind-port": port,
        "taskmanager.rpc.port": this.ports.taskManagerRpc[index] ?? 0,
      };
      await this.#start("taskmanager", `taskmanager-${index + 1}`, properties);
    }
    await this.#until(async () => (await this.rest.taskManagers()) === this.#options.taskManagers);
  }

  async #start(command: string, role: string, properties: Readonly<Record<string, string | number>>): Promise<void> {
    const detachedTo = this.#options.outlives === true ? join(this.#options.folder, `${role}.log`) : undefined;
    const options = { ...this.#sluiceOptions(role, properties), detachedTo };
    this.#processes.push(await startSluice(["run", command], options));
  }

  #sluiceOptions(role: string, properties: Readonly<Record<string, string | number>>): SluiceOptions {
    const { user, signal, folder } = this.#options;
    return { env: this.environment(role, properties), user, signal, cwd: folder };
  }

  /** Runs a program with the configuration of a client of this cluster, as `flink run`. */
  run(...command: readonly string[]): Promise<SluiceResult> {
    return this.runAs("client", {}, ...command);
  }

  /** The same, with a run dir of its own and further variables. */
  runAs(
    role: string,
    variables: Readonly<Record<string, string>>,
    ...command: readonly string[]
  ): Promise<SluiceResult> {
    const options = this.#sluiceOptions(role, {});
    return runSluice(["run", ...command], { ...options, env: { ...options.env, ...variables } });
  }

  /** What `sluice run` does for the JobManager, as `sluice plan` shows it. */
  plan(): Promise<SluiceResult> {
    return runSluice(["plan", "jobmanager"], this.#sluiceOptions("jobmanager", {}));
  }

  async #until(done: () => Promise<boolean>): Promise<void> {
    const { signal } = this.#options;
    const isDone = async () => {
      if (signal?.aborted === true) throw new GaveUp("interrupted");
      const ended = await Promise.race([...this.#processes.map((process) => process.ended), sleep(500)]);
      if (ended !== undefined) throw new GaveUp("a process of it ended");
      return done();
    };
    await waitUntil("the cluster is ready", isDone, { pauseMs: 0, details: () => this.lastWords() }).catch(
      (error: unknown) => {
        signal?.throwIfAborted();
        throw error;
      },
    );
  }

  /** What all processes have said. */
  output(): string {
    return this.#processes.map((process) => process.output()).join("\n");
  }

  /** The last lines of each process. */
  lastWords(): string {
    const tails = this.#processes.map((process) => process.output().trimEnd().split("\n").slice(-15).join("\n"));
    return tails.join("\n\n");
  }

  /** Ends everything: SIGTERM, and SIGKILL where that does not help. */
  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
  }
}

/** A JVM that starts quickly rather than run fast for days, and leaves no file outside of its folder. */
function jvmProperties(role: string, tmp: string): Record<string, string> {
  const options = `-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+PerfDisableSharedMem -Djava.io.tmpdir=${tmp}`;
  return { [`env.java.opts.${role.replace(/-\d+$/, "")}`]: options };
}

/** The line of config.yaml that every Flink JVM needs on Java 17, as a line of flink-conf.yaml. */
function javaOptions(configYaml: string): string {
  const options = /^\s+opts:\s+all:\s*(.+)$/m.exec(configYaml)?.[1];
  return `env.java.opts.all: ${options ?? ""}`;
}
