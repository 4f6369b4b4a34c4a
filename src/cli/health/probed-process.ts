import type { FlinkSettings } from "../../health/kubernetes-probe.ts";
import type { ClusterRecord } from "../../core/plan/start-record.ts";
import type { RunningStart } from "../../shell/run-dir/start-record.ts";
import type { Environment } from "../prepare.ts";

/** A process with what it was configured with, and when a probe stops asking. */
export type Probed = RunningStart & {
  readonly record: ClusterRecord;
  /** Of the user who runs the process. */
  readonly environment: Environment;
  readonly settings: FlinkSettings;
  readonly signal: AbortSignal;
};

/** Flink answers 503 while no JobManager leads. */
export function describeStatus(status: number): string {
  return status === 503 ? "REST answers with 503: no JobManager leads" : `REST answers with ${status}`;
}
