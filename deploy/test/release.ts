import { readFileSync, writeFileSync } from "node:fs";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { withProgress } from "../../test/support/progress.ts";
import { attempt, chart, type Outcome, run } from "./programs.ts";
import { commands, fill, runCommand } from "./documented.ts";
import { sleepingPod } from "./probe-pods.ts";
import { type ReleaseValues, releaseValues } from "./release-values.ts";
import { buildSequence } from "./sequence.ts";
import { namespaceManifest } from "./setup.ts";

const release = "flink";
const client = "client";

/** What a release has that the shared one has not. */
interface Own {
  /** Its values, made of the shared one's. */
  readonly values?: (shared: ReleaseValues) => object;
  /** Where files are that commands of docs/kubernetes.md name. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * The chart, installed as an application with high availability. In the run's namespace there is one release for all test files
 * one after the other; a file that needs another one makes it in a separate namespace.
 */
export class Release {
  readonly namespace: string;
  readonly #own: Own;

  constructor(namespace: string, own: Own = {}) {
    this.namespace = namespace;
    this.#own = own;
  }

  kubectl(...args: readonly string[]): Promise<string> {
    return run("kubectl", ["--namespace", this.namespace, ...args]);
  }

  tryKubectl(...args: readonly string[]): Promise<Outcome> {
    return attempt("kubectl", ["--namespace", this.namespace, ...args]);
  }

  helm(...args: readonly string[]): Promise<string> {
    return run("helm", ["--namespace", this.namespace, ...args]);
  }

  /** Makes the namespace, the job's jar and the release, unless they are there. Throws when the release has failed before. */
  async ensure(): Promise<void> {
    const { exitCode, stdout } = await attempt("helm", ["status", release, "--namespace", this.namespace]);
    if (exitCode === 0) {
      if (/^STATUS: deployed$/m.test(stdout)) return;
      throw new Error(`the release in ${this.namespace} has failed before:\n${stdout}`);
    }
    await withProgress(`installing the chart into ${this.namespace}`, () => this.#install());
  }

  async #install(): Promise<void> {
    await this.prepare();
    const [, ...rest] = commands("From nothing to a secured cluster");
    using folder = temporaryFolder();
    await this.#follow(rest, folder);
    await this.startClient("flink-rest-tls-1");
  }

  /** Makes the namespace, and the job's jar in it. */
  async prepare(): Promise<void> {
    using folder = temporaryFolder();
    const jar = readFileSync(await buildSequence(folder.path)).toString("base64");
    const configMap = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "job" },
      binaryData: { "job.jar": jar },
    };
    await this.follow("From nothing to a secured cluster", {}, 0);
    await this.apply(configMap);
  }

  /**
   * Runs the commands under a heading of docs/kubernetes.md, or one of them by its index, but in this namespace. Returns what
   * the last one has said.
   */
  async follow(heading: string, values: Readonly<Record<string, string>> = {}, index?: number): Promise<string> {
    const lines = commands(heading).filter((_, line) => index === undefined || line === index);
    if (lines.length === 0) throw new Error(`docs/kubernetes.md has no command ${index} under ${heading}`);
    using folder = temporaryFolder();
    return await this.#follow(lines, folder, values);
  }

  async #follow(
    lines: readonly string[],
    folder: TemporaryFolder,
    values: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const shared = await releaseValues();
    writeFileSync(folder.at("my-values.yaml"), JSON.stringify(this.#own.values?.(shared) ?? shared));
    writeFileSync(folder.at("namespace.yaml"), namespaceManifest(this.namespace));
    const files: Readonly<Record<string, string>> = {
      "deploy/chart": chart,
      "deploy/namespace.yaml": folder.at("namespace.yaml"),
      "my-values.yaml": folder.at("my-values.yaml"),
      ...this.#own.files,
    };
    let said = "";
    for (const line of lines) said = await runCommand(fill(line, this.namespace, values), files);
    return said;
  }

  /** Makes the pod that asks the REST API, with the certificate of that Secret. */
  async startClient(secretName: string): Promise<void> {
    await this.kubectl("delete", "pod", client, "--ignore-not-found");
    const labels = { "flink-rest-client": "true" };
    await this.start(client, await sleepingPod(client, labels, { secretName }));
  }

  async apply(manifest: object): Promise<void> {
    await run("kubectl", ["apply", "--namespace", this.namespace, "--filename=-"], JSON.stringify(manifest));
  }

  /** Makes a pod, and waits until it is ready. */
  async start(name: string, pod: string): Promise<void> {
    await run("kubectl", ["apply", "--namespace", this.namespace, "--filename=-"], pod);
    await this.kubectl("wait", "--for=condition=Ready", `pod/${name}`, "--timeout=600s");
  }

  /** The newest complete checkpoint on the volume of a release that is gone. */
  async newestCheckpoint(): Promise<string> {
    await this.kubectl(
      "wait",
      "--for=delete",
      "pod",
      "--selector=app.kubernetes.io/component in (jobmanager,taskmanager)",
      "--timeout=600s",
    );
    await this.start("volume", await sleepingPod("volume", {}, { claimName: "flink-state" }));
    const newest = "ls -t /state/checkpoints/*/chk-*/_metadata | head -n 1";
    const { stdout } = await this.exec("volume", "sh", "-c", newest);
    await this.kubectl("delete", "pod", "volume");
    return stdout.replace(/^\/state\/(.*)\/_metadata$/, "file:/flink/state/$1");
  }

  /** All lines that the job has committed to the volume. */
  async committed(): Promise<string> {
    const list = "find /flink/state/output -name 'part-*' ! -name '.*' -exec cat {} +";
    const { stdout, exitCode, stderr } = await this.exec("flink-taskmanager-0", "sh", "-c", list);
    if (exitCode !== 0) throw new Error(stderr);
    return stdout;
  }

  async rolledOut(): Promise<void> {
    for (const workload of ["deployment/flink-jobmanager", "statefulset/flink-taskmanager"]) {
      await this.kubectl("rollout", "status", workload, "--timeout=600s");
    }
  }

  /** Runs a program in a pod. */
  exec(pod: string, ...command: readonly string[]): Promise<Outcome> {
    return this.tryKubectl("exec", pod, "--", ...command);
  }

  /** Asks the REST API from a pod that may, with the certificate that it trusts. Throws when it does not answer 2xx. */
  async rest<T>(path: string, ...options: readonly string[]): Promise<T> {
    const certificate = ["--cert", "/certs/tls.crt", "--key", "/certs/tls.key", "--cacert", "/certs/ca.crt"];
    // Behind the Service, one of the two may be on a node that is cut off.
    const patience = ["--connect-timeout", "3", "--retry", "3", "--max-time", "20"];
    const url = `https://flink-rest:8081${path}`;
    const asked = await this.exec(client, "curl", "-sS", "--fail", ...patience, ...certificate, ...options, url);
    if (asked.exitCode !== 0) throw new Error(`${url}: ${asked.stderr}`);
    return JSON.parse(asked.stdout) as T;
  }
}
