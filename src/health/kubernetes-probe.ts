/** What Kubernetes asks of a container. */
export type Check = "liveness" | "readiness" | "startup";

export const checks: readonly Check[] = ["liveness", "readiness", "startup"];

/** The answer to a probe, in one line. */
export interface Verdict {
  readonly healthy: boolean;
  readonly text: string;
}

/** The effective configuration of a Flink process. It may hold passwords. */
export type FlinkSettings = ReadonlyMap<string, string>;
