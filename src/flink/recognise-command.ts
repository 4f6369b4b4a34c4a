import type { Role } from "../core/plan/run-dir.ts";
import { readSimpleCommand } from "./bash-words.ts";

/** The services of Flink's `flink-console.sh`, with the class that each runs. */
export const mainClasses = {
  standalonesession: "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
  standalonejob: "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
  taskexecutor: "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
  historyserver: "org.apache.flink.runtime.webmonitor.history.HistoryServer",
  "sql-gateway": "org.apache.flink.table.gateway.SqlGateway",
  "kubernetes-session": "org.apache.flink.kubernetes.entrypoint.KubernetesSessionClusterEntrypoint",
  "kubernetes-application": "org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint",
  "kubernetes-taskmanager": "org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner",
} as const;

export type Service = keyof typeof mainClasses;

/** A command that a Flink script would carry out by becoming a JVM. */
export interface FlinkCommand {
  readonly service: Service;
  /** Without the script's own words, such as `start-foreground`. */
  readonly args: readonly string[];
}

/** The words of the official image, and `sql-gateway`, which its users start by the script's name. */
const words: Readonly<Record<string, Service>> = {
  jobmanager: "standalonesession",
  "standalone-job": "standalonejob",
  taskmanager: "taskexecutor",
  "history-server": "historyserver",
  "sql-gateway": "sql-gateway",
};

/** What the image takes as a command. */
export const imageWords: readonly string[] = Object.keys(words);

/** Scripts that take `start-foreground` as their first argument. */
const scripts: Readonly<Record<string, Service>> = {
  "jobmanager.sh": "standalonesession",
  "standalone-job.sh": "standalonejob",
  "taskmanager.sh": "taskexecutor",
  "historyserver.sh": "historyserver",
  "sql-gateway.sh": "sql-gateway",
};

/**
 * What a command starts, if it is one whose scripts do nothing but start a JVM: a word of the official image, a script in the
 * foreground, by name or by its path in flinkHome, or native Kubernetes' `bash -c "kubernetes-….sh …"`. Undefined otherwise.
 */
export function recogniseCommand(command: readonly string[], flinkHome: string): FlinkCommand | undefined {
  const [first = "", second = "", ...more] = command;
  if (first === "bash" && second === "-c" && more.length === 1) {
    const line = readSimpleCommand(more[0] ?? "");
    return line?.[0]?.endsWith(".sh") === true ? recogniseCommand(line, flinkHome) : undefined;
  }
  const args = command.slice(1);
  const word = Object.hasOwn(words, first) ? words[first] : undefined;
  if (word !== undefined) return asks(args) ? undefined : { service: word, args };
  const bin = `${flinkHome}/bin/`;
  const script = first.startsWith(bin) ? first.slice(bin.length) : first;
  if (script === "kubernetes-taskmanager.sh") return { service: "kubernetes-taskmanager", args };
  if (script === "kubernetes-jobmanager.sh") {
    return second === "kubernetes-session" || second === "kubernetes-application"
      ? { service: second, args: more }
      : undefined;
  }
  const service = Object.hasOwn(scripts, script) ? scripts[script] : undefined;
  return service === undefined || second !== "start-foreground" || asks(more) ? undefined : { service, args: more };
}

/** Help is Flink's own to print. */
function asks(args: readonly string[]): boolean {
  return args.includes("--help") || args.includes("-h");
}

/** What a command starts; see {@link recogniseCommand}. */
export function roleOf(command: readonly string[], flinkHome: string): Role {
  const service = recogniseCommand(command, flinkHome)?.service;
  switch (service) {
    case "standalonesession":
    case "standalonejob":
    case "kubernetes-session":
    case "kubernetes-application":
      return "jobmanager";
    case "taskexecutor":
    case "kubernetes-taskmanager":
      return "taskmanager";
    case "historyserver":
      return "history-server";
    case "sql-gateway":
      return "sql-gateway";
    case undefined:
      return "client";
  }
}
