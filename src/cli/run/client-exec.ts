import { join } from "node:path";
import type { Exec } from "../../core/plan/plan.ts";
import type { Problem } from "../../core/findings/problem.ts";
import { computeLaunch } from "../../flink/launch.ts";
import { recogniseClient } from "../../flink/recognise-client.ts";
import { childEnvironment } from "../../shell/process/exec.ts";
import { readConfFile } from "../../shell/read-flink-conf.ts";
import { readSystem } from "../../shell/read-system.ts";
import { UsageError } from "../arguments.ts";
import { readFacts } from "../../flink/launcher.ts";
import type { Environment } from "../prepare.ts";

interface Around {
  readonly flinkVersion: string;
  readonly environment: Environment;
}

/**
 * The JVM of `flink` or `sql-client.sh` with a configuration that is there already: Flink's scripts start none on Java 24 and newer.
 * Undefined for other commands, with `SLUICE_LAUNCH=scripts`, and where the scripts can say better why they start none.
 * @throws UsageError where the client would end without a word
 */
export function clientExec(
  exec: Exec,
  command: readonly string[],
  { flinkVersion, environment }: Around,
): Exec | undefined {
  const { FLINK_HOME: flinkHome = "", FLINK_CONF_DIR: confDir = "" } = exec.set;
  if (environment["SLUICE_LAUNCH"] === "scripts" || recogniseClient(command, flinkHome) === undefined) return undefined;
  const env = childEnvironment(exec, environment);
  const system = readSystem({ environment: env });
  const { name, entries: conf } = readConfFile(confDir);
  const facts = readFacts({ flinkHome, conf, env }, command, join(confDir, name), system);
  const outcome = computeLaunch({ version: flinkVersion, command, flinkHome, confDir, conf, env, facts });
  if (outcome?.kind === "problems") refuseKnown(outcome.problems);
  if (outcome?.kind !== "launch") return undefined;
  const { path, argv, set } = outcome.launch;
  return { path, argv, set: { ...exec.set, ...set }, unset: exec.unset };
}

function refuseKnown(problems: readonly Problem[]): void {
  const known = problems.find(({ code }) => code === "launch/client-needs-hadoop");
  if (known !== undefined) throw new UsageError([...known.where, known.text].join(": "), known.hint);
}
