import { FlinkCluster } from "../support/flink-cluster.ts";
import { FlinkRest, type Job } from "../support/flink-rest.ts";
import { freePorts } from "../../testkit/free-ports.ts";
import { runSluice, type SluiceResult } from "../support/run-sluice.ts";
import { Supervised } from "./supervised.ts";
import { waitUntil } from "../../testkit/eventually.ts";

export interface HaFlinkOptions {
  readonly flinkHome: string;
  /** For this Flink alone. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string | number>>;
}

/** Two JobManagers, of which one leads, and a TaskManager with two slots; each is started by `sluice run`, and again if it ends. */
export class HaFlink {
  readonly jobManagers: readonly Supervised[];
  readonly taskManager: Supervised;
  readonly #options: HaFlinkOptions;
  readonly #cluster: FlinkCluster;
  readonly #rests: readonly FlinkRest[];

  private constructor(options: HaFlinkOptions, cluster: FlinkCluster, ports: readonly number[]) {
    this.#options = options;
    this.#cluster = cluster;
    this.#rests = ports.map((port) => new FlinkRest(port, cluster.certificates("rest")));
    this.jobManagers = ports.map((port, index) => {
      const own = { "rest.port": port, "rest.bind-port": port, "blob.server.port": 0 };
      return this.#supervised("jobmanager", `jobmanager-${index + 1}`, own);
    });
    const own = { "taskmanager.data.port": 0, "taskmanager.rpc.port": 0, "taskmanager.numberOfTaskSlots": 2 };
    this.taskManager = this.#supervised("taskmanager", "taskmanager-1", own);
  }

  static async start(options: HaFlinkOptions): Promise<HaFlink> {
    const { flinkHome, folder } = options;
    const cluster = await FlinkCluster.prepare({ flinkHome, folder, key: "ec", taskManagers: 1 });
    const flink = new HaFlink(options, cluster, await freePorts(2));
    await Promise.all([...flink.jobManagers, flink.taskManager].map((process) => process.start()));
    await flink.until("a TaskManager", async () => (await flink.#ask((rest) => rest.taskManagers())) === 1);
    return flink;
  }

  #supervised(command: string, role: string, own: Readonly<Record<string, string | number>>): Supervised {
    return new Supervised(["run", command], { env: this.#environment(role, own), cwd: this.#options.folder });
  }

  #environment(role: string, own: Readonly<Record<string, string | number>>): Record<string, string> {
    const { environment, properties } = this.#options;
    return { ...this.#cluster.environment(role, { ...properties, ...own }), ...environment };
  }

  /** Runs a program as a client of this Flink, such as `flink run`. */
  run(...command: readonly string[]): Promise<SluiceResult> {
    return runSluice(["run", ...command], { env: this.#environment("client", {}), cwd: this.#options.folder });
  }

  /** The JobManager that leads, which only it says itself. */
  get leader(): Supervised | undefined {
    return this.jobManagers.find((process) => {
      const said = process.lastOutput();
      return said.lastIndexOf("was granted leadership") > said.lastIndexOf("was revoked leadership");
    });
  }

  async job(): Promise<Job | undefined> {
    return (await this.#ask((rest) => rest.jobs()))[0];
  }

  /** Waits until the job has completed a checkpoint that began after now. */
  async nextCheckpoint(): Promise<void> {
    const last = async () => {
      const job = await this.job();
      return (job && (await this.#ask((rest) => rest.lastCheckpoint(job)))) ?? -1;
    };
    let before: number | undefined;
    await this.until("checkpoint", async () => {
      before ??= await last();
      // One may have been going on.
      return (await last()) > before + 1;
    });
  }

  /** Whatever JobManager answers. */
  async #ask<T>(question: (rest: FlinkRest) => Promise<T>): Promise<T> {
    return Promise.any(this.#rests.map(question));
  }

  /** Waits for something that may take a while, and may throw as long as it is not so. */
  until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    return waitUntil(what, isSo, { details: () => this.lastWords() });
  }

  output(): string {
    return [...this.jobManagers, this.taskManager].map((process) => process.output()).join("\n");
  }

  lastWords(): string {
    const tails = [...this.jobManagers, this.taskManager].map((process) => process.output().split("\n").slice(-30));
    return tails.map((lines) => lines.join("\n")).join("\n\n");
  }

  async stop(): Promise<void> {
    await Promise.all([this.taskManager, ...this.jobManagers].map((process) => process.stop()));
  }
}
