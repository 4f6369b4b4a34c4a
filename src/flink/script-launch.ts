import { join } from "node:path/posix";
import type { LaunchInput, LaunchOutcome } from "../core/plan/assemble.ts";
import type { Notice } from "../core/findings/problem.ts";
import { isNativeVersion } from "./native-versions.ts";

/** The commands of the official image's entrypoint, and the script of Flink's that each starts in the foreground. */
const scripts: ReadonlyMap<string, string> = new Map([
  ["jobmanager", "jobmanager.sh"],
  ["standalone-job", "standalone-job.sh"],
  ["taskmanager", "taskmanager.sh"],
  ["history-server", "historyserver.sh"],
]);

/** Whether a command is one of the official image's, and so not a program's name. */
export function isImageCommand(word: string | undefined): boolean {
  return scripts.has(word ?? "");
}

/** What every command gets, whichever way it is started. */
export function commonEnvironment({ target, set }: LaunchInput): Readonly<Record<string, string>> {
  const bin = join(target.flinkHome, "bin");
  const search = target.variable("PATH");
  return {
    FLINK_HOME: target.flinkHome,
    FLINK_CONF_DIR: target.confDir,
    PATH: search === undefined ? bin : `${bin}:${String(search)}`,
    ...set,
  };
}

/** Hands over to Flink's own script, or to whatever command was given, with Flink's scripts on PATH. */
export function scriptLaunch(input: LaunchInput): LaunchOutcome {
  const { target, unset } = input;
  const [command = "", ...args] = target.command;
  const script = scripts.get(command);
  const path = script === undefined ? command : join(target.flinkHome, "bin", script);
  const argv = script === undefined ? [command, ...args] : [path, "start-foreground", ...args];
  const notices =
    script === undefined || isNativeVersion(target.flinkVersion) ? [] : [unknownVersion(target.flinkVersion)];
  return { kind: "exec", exec: { path, argv, set: commonEnvironment(input), unset }, notices };
}

function unknownVersion(version: string): Notice {
  return {
    level: "warning",
    where: [],
    text: `Flink ${version} is started by its own scripts, for it was not compared with what sluice computes`,
  };
}
