import { eventually } from "../../testkit/eventually.ts";
import { type Findings, inspect } from "./sequence.ts";

/** A Flink that can be asked. */
export interface Cluster {
  /** What the REST API answers. Throws when that is not 2xx. */
  rest<T>(path: string): Promise<T>;
  /** All lines that the job has committed. */
  committed(): Promise<string>;
}

/** The one job of a cluster, by what REST and its output say of it. */
export class Job {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Waits until the job runs, all of it, and gives its id: it starts again whenever a TaskManager comes or goes. */
  running(): Promise<string> {
    return eventually(() => this.#id());
  }

  /** Throws when no job runs, or not all of it. */
  async #id(): Promise<string> {
    const { jobs } = await this.#cluster.rest<{ jobs: readonly JobOverview[] }>("/jobs/overview");
    const job = jobs.find(({ state }) => state === "RUNNING");
    if (job === undefined || job.tasks.running + job.tasks.finished < job.tasks.total)
      throw new Error(`no job runs: ${JSON.stringify(jobs)}`);
    return job.jid;
  }

  async checkpoints(): Promise<Checkpoints> {
    return this.#cluster.rest(`/jobs/${await this.#id()}/checkpoints`);
  }

  /** Waits until the job runs and has completed a checkpoint after now, which commits what it has written. */
  async progresses(): Promise<Checkpoints> {
    const before = Date.now();
    return eventually(async () => {
      const found = await this.checkpoints();
      const { latest } = found;
      if ((latest.completed?.trigger_timestamp ?? 0) > before) return found;
      throw new Error(`no checkpoint since ${before}: ${JSON.stringify(latest)}`);
    });
  }

  /** How many slots there are, and how many of them the job uses. */
  async width(): Promise<readonly [slots: number, parallelism: number]> {
    const { "slots-total": slots } = await this.#cluster.rest<{ "slots-total": number }>("/overview");
    const { vertices } = await this.#cluster.rest<{ vertices: readonly { parallelism: number }[] }>(
      `/jobs/${await this.#id()}`,
    );
    return [slots, Math.max(...vertices.map(({ parallelism }) => parallelism))];
  }

  /** What is committed, once the commits of a checkpoint are all there. */
  async output(): Promise<Findings> {
    let found: Findings = { numbers: 0, twice: 0, gaps: 0 };
    const look = async (): Promise<Findings> => {
      // The commits of one checkpoint are not made all at the same moment; what is there twice stays.
      found = inspect(await this.#cluster.committed(), 2);
      if (found.numbers > 0 && found.gaps === 0) return found;
      throw new Error(`output with gaps: ${JSON.stringify(found)}`);
    };
    return eventually(look, 120);
  }
}

interface JobOverview {
  readonly jid: string;
  readonly state: string;
  /** Readers without a part of the sequence have finished. */
  readonly tasks: { readonly running: number; readonly finished: number; readonly total: number };
}

interface Checkpoints {
  readonly counts: { readonly completed: number; readonly restored: number };
  readonly latest: {
    readonly completed: {
      readonly id: number;
      readonly trigger_timestamp: number;
      readonly external_path: string;
    } | null;
    readonly restored: { readonly id: number; readonly is_savepoint: boolean; readonly external_path: string } | null;
  };
}
