import type { FlinkSettings } from "../health/probe.ts";
import type { FoundProcess } from "../shell/find-process.ts";

/** A process with what it was configured with, and how long a probe may go on asking. */
export type Probed = Extract<FoundProcess, { kind: "running" }> & {
  readonly settings: FlinkSettings;
  readonly signal: AbortSignal;
};

/** Flink answers 503 while no JobManager leads. */
export function describeStatus(status: number): string {
  return status === 503 ? "REST answers with 503: no JobManager leads" : `REST answers with ${status}`;
}
