import { join } from "node:path";
import type { Plan } from "../../core/plan/plan.ts";
import { recogniseCommand } from "../../flink/recognise-command.ts";
import { isImageCommand } from "../../flink/script-launch.ts";
import { clusterRoles } from "../../core/plan/run-dir.ts";
import { findProcesses, type FoundProcesses } from "../../shell/process/find-process.ts";
import type { RunningStart } from "../../shell/run-dir/start-record.ts";
import { UsageError } from "../arguments.ts";
import { clientExec } from "./client-exec.ts";
import type { Environment } from "../prepare.ts";

/** A command that uses what a process was started with. */
export interface AttachedCommand {
  readonly plan: Plan;
  /** Of the user who runs that process. */
  readonly environment: Environment;
}

/**
 * The plan for a program that is started where a JobManager or TaskManager runs already, as by `kubectl exec`: with that
 * process' configuration, and nothing to be written. `name` is the role folder of that process; by default it is the only
 * JobManager, or the only TaskManager where no JobManager runs. Undefined for a process of a cluster, and where none runs.
 * @throws UsageError
 */
export function planAttached(
  command: readonly string[],
  environment: Environment,
  name: string | undefined,
): AttachedCommand | undefined {
  const [path = ""] = command;
  if (isService(command, environment)) {
    if (name === undefined) return undefined;
    throw new UsageError(`--config-of ${name}: ${path} has its own configuration`, "leave --config-of out");
  }
  const processes = findProcesses(clusterRoles, environment);
  const found = name === undefined ? onlyOne(processes) : named(name, processes);
  if (found === undefined) return undefined;
  const { pid, flinkVersion, environment: recorded } = found.record;
  const home = recorded.set["FLINK_HOME"] ?? "";
  const search = [join(home, "bin"), processes.environment["PATH"]].filter((part) => part !== undefined).join(":");
  const exec = { path, argv: command, set: { ...recorded.set, PATH: search }, unset: recorded.unset };
  return {
    environment: processes.environment,
    plan: {
      command,
      runDir: found.roleDir,
      roleDir: found.roleDir,
      flink: { home, version: flinkVersion, checked: true },
      files: [],
      links: [],
      flinkConf: [],
      algorithms: [],
      trusted: [],
      shown: [],
      exec: clientExec(exec, command, { flinkVersion, environment: processes.environment }) ?? exec,
      process: undefined,
      notices: [{ level: "info", where: [], text: `using the configuration of ${found.name}, process ${pid}` }],
    },
  };
}

function isService(command: readonly string[], environment: Environment): boolean {
  const [path = ""] = command;
  return isImageCommand(path) || recogniseCommand(command, environment["FLINK_HOME"] || "/opt/flink") !== undefined;
}

function onlyOne({ running }: FoundProcesses): RunningStart | undefined {
  const jobManagers = running.filter(({ record }) => record.role === "jobmanager");
  const [first, second] = jobManagers.length > 0 ? jobManagers : running;
  if (second === undefined) return first;
  throw new UsageError(severalRun(running), `name one: sluice run --config-of ${second.name} COMMAND`);
}

function named(name: string, { running, reason }: FoundProcesses): RunningStart {
  const found = running.find((each) => each.name === name);
  if (found !== undefined) return found;
  const [text, hint] =
    running.length === 0
      ? [`--config-of ${name}: ${reason}`, "start a JobManager first, or leave --config-of out"]
      : [`--config-of ${name}: no such process runs here`, `use ${running.map((each) => each.name).join(" or ")}`];
  throw new UsageError(text, hint);
}

/** Names the processes of a run dir, of which a command must mean one. */
export function severalRun(running: readonly RunningStart[]): string {
  const names = running.map((each) => `${each.name} (process ${each.record.pid})`);
  return `${names.length} processes run here: ${names.join(", ")}`;
}
