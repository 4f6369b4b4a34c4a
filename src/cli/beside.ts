import { join } from "node:path";
import type { Plan } from "../core/plan.ts";
import { recogniseCommand } from "../flink/recognise-command.ts";
import { isImageCommand } from "../flink/script-launch.ts";
import { findProcess } from "../shell/find-process.ts";
import type { Environment } from "./prepare.ts";

/** A command that uses what a process was started with. */
export interface Beside {
  readonly plan: Plan;
  /** Of the user who runs that process. */
  readonly environment: Environment;
}

const names = { jobmanager: "JobManager", taskmanager: "TaskManager" } as const;

/**
 * The plan for a program that is started where a JobManager or TaskManager runs already, as by `kubectl exec`: with that
 * process' configuration, and nothing to be written. Undefined for a process of a cluster, and where none runs.
 */
export function planBeside(command: readonly string[], environment: Environment): Beside | undefined {
  const [path = ""] = command;
  if (isImageCommand(path)) return undefined;
  if (recogniseCommand(command, environment["FLINK_HOME"] || "/opt/flink") !== undefined) return undefined;
  const found = findProcess(["jobmanager", "taskmanager"], environment);
  if (found.kind === "none") return undefined;
  const { pid, role, flinkVersion, environment: recorded } = found.record;
  const home = recorded.set["FLINK_HOME"] ?? "";
  const search = [join(home, "bin"), found.environment["PATH"]].filter((part) => part !== undefined).join(":");
  return {
    environment: found.environment,
    plan: {
      command,
      runDir: found.runDir,
      flink: { home, version: flinkVersion, checked: true },
      files: [],
      links: [],
      flinkConf: [],
      trusted: [],
      shown: [],
      exec: { path, argv: command, set: { ...recorded.set, PATH: search }, unset: recorded.unset },
      process: undefined,
      notices: [
        { level: "info", where: [], text: `with the configuration of the ${names[role]} here, process ${pid}` },
      ],
    },
  };
}
