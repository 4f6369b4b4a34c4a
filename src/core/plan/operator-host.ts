import type { Target } from "../feature/feature.ts";
import { isAtLeast } from "../feature/flink-version.ts";
import type { Notice } from "../findings/problem.ts";

/**
 * The command with `--host H`, right after `standalone-job`, as a dynamic property. Flink Kubernetes Operator 1.15 and older pass the
 * option to every version (FLINK-38795). Flink 2 has no such option, and gives it to the job's main method.
 */
export function withoutHostOption(command: readonly string[], flinkVersion: string): readonly string[] {
  if (!hasHostOption(command) || !isAtLeast(flinkVersion, 2, 0)) return command;
  const [word = "", , host = "", ...more] = command;
  return [word, "-D", `jobmanager.rpc.address=${host}`, ...more];
}

/** Tells that the option was replaced. */
export function hostOptionNotice(command: readonly string[], { flinkVersion }: Target): readonly Notice[] {
  if (!hasHostOption(command) || !isAtLeast(flinkVersion, 2, 0)) return [];
  const text = `Flink ${flinkVersion} has no option --host: Sluice passes -D jobmanager.rpc.address=${command[2] ?? ""} instead`;
  const hint = "to give --host to the job, put it after -D or another option of Flink";
  return [{ level: "info", where: [`${command[0]} --host`], text, hint }];
}

function hasHostOption([word, option, host]: readonly string[]): boolean {
  return word === "standalone-job" && option === "--host" && host !== undefined && !host.startsWith("-");
}
