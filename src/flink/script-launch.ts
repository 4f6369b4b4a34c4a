import { join } from "node:path/posix";
import type { LaunchInput } from "../core/assemble.ts";
import type { Exec } from "../core/plan.ts";

/** The commands of the official image's entrypoint, and the script of Flink's that each starts in the foreground. */
const scripts: ReadonlyMap<string, string> = new Map([
  ["jobmanager", "jobmanager.sh"],
  ["standalone-job", "standalone-job.sh"],
  ["taskmanager", "taskmanager.sh"],
  ["history-server", "historyserver.sh"],
]);

/** Hands over to Flink's own script, or to whatever command was given, with Flink's scripts on PATH. */
export function scriptLaunch({ target, set, unset }: LaunchInput): Exec {
  const [command = "", ...args] = target.command;
  const bin = join(target.flinkHome, "bin");
  const script = scripts.get(command);
  const path = script === undefined ? command : join(bin, script);
  const argv = script === undefined ? [command, ...args] : [path, "start-foreground", ...args];
  const search = target.variable("PATH");
  return {
    path,
    argv,
    set: {
      FLINK_HOME: target.flinkHome,
      FLINK_CONF_DIR: target.confDir,
      PATH: search === undefined ? bin : `${bin}:${String(search)}`,
      ...set,
    },
    unset,
  };
}
