import { readFileSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";

export interface Job {
  readonly jid: string;
  readonly name: string;
  readonly state: string;
  /** Its steps. */
  readonly vertices: readonly { readonly id: string; readonly name: string }[];
}

/** Flink's REST API behind mutual TLS, as far as tests and the demo ask it (Flink docs, "REST API"). */
export class FlinkRest {
  readonly #port: number;
  readonly #certificates: string;

  /** The folder has `tls.crt`, `tls.key` and `ca.crt`. */
  constructor(port: number, certificates: string) {
    this.#port = port;
    this.#certificates = certificates;
  }

  async taskManagers(): Promise<number> {
    return (await this.#get<{ taskmanagers: number }>("/overview")).taskmanagers;
  }

  async jobs(): Promise<readonly Job[]> {
    const { jobs } = await this.#get<{ jobs: readonly { id: string }[] }>("/jobs");
    return Promise.all(jobs.map(({ id }) => this.#get<Job>(`/jobs/${id}`)));
  }

  /** The TaskManagers that each step of a job ran on. */
  taskManagersOf(job: Job): Promise<readonly (readonly string[])[]> {
    return Promise.all(
      job.vertices.map(async ({ id }) => {
        const path = `/jobs/${job.jid}/vertices/${id}/taskmanagers`;
        const { taskmanagers } = await this.#get<{ taskmanagers: readonly { "taskmanager-id": string }[] }>(path);
        return taskmanagers.map((taskManager) => taskManager["taskmanager-id"]);
      }),
    );
  }

  /** The number of the last checkpoint that was completed; they count on when a JobManager takes over. */
  async lastCheckpoint({ jid }: Job): Promise<number | undefined> {
    const { latest } = await this.#get<{ latest: { completed: { id: number } | null } }>(`/jobs/${jid}/checkpoints`);
    return latest.completed?.id;
  }

  /** The effective configuration of the JobManager, as Flink shows it: sensitive values masked. */
  async configuration(): Promise<ReadonlyMap<string, string>> {
    const entries = await this.#get<readonly { key: string; value: string }[]>("/jobmanager/config");
    return new Map(entries.map(({ key, value }) => [key, value]));
  }

  #get<T>(path: string): Promise<T> {
    const file = (name: string) => readFileSync(join(this.#certificates, name));
    const options = {
      host: "127.0.0.1",
      port: this.#port,
      path,
      agent: false,
      cert: file("tls.crt"),
      key: file("tls.key"),
      ca: file("ca.crt"),
      // The certificate belongs to the cluster, not to a host.
      checkServerIdentity: () => undefined,
    } as const;
    return new Promise((resolve, reject) => {
      const request = get(options, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === 200) resolve(JSON.parse(body) as T);
          else reject(new Error(`GET ${path}: ${response.statusCode} ${body.slice(0, 300)}`));
        });
      });
      request.setTimeout(20_000, () => request.destroy(new Error(`GET ${path}: no answer`)));
      request.on("error", reject);
    });
  }
}
