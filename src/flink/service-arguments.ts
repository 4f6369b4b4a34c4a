import { splitWords } from "./bash-words.ts";
import type { Environment } from "./environment.ts";
import { hostOptions, readJobManagerArguments } from "./jobmanager-arguments.ts";
import type { FlinkCommand } from "./recognise-command.ts";

/** What follows the main class, and what the memory model takes dynamic properties from. */
export interface ServiceArguments {
  readonly memoryModel: "JobManager" | "TaskManager" | undefined;
  /** The user's, with which BashJavaUtils is called. */
  readonly user: readonly string[];
  /** The program's, with what the memory model derived: DYNAMIC_PARAMETERS, split at spaces. */
  readonly withDynamicParameters: (dynamicParameters: string) => readonly string[];
}

interface Around {
  readonly env: Environment;
  readonly confDir: string;
  readonly isFlink1: boolean;
}

/** The arguments of each script, in its order. */
export function serviceArguments(
  { service, args }: FlinkCommand,
  { env, confDir, isFlink1 }: Around,
): ServiceArguments {
  const configDir = ["--configDir", confDir];
  switch (service) {
    case "standalonesession": {
      const jobManager = readJobManagerArguments(args, env);
      const mode = isFlink1 ? ["--executionMode", "cluster"] : [];
      const rest = [...configDir, ...mode, ...jobManager.args, ...hostOptions(jobManager, isFlink1)];
      return {
        memoryModel: "JobManager",
        user: jobManager.args,
        withDynamicParameters: (dynamic) => [...splitWords(dynamic), ...rest],
      };
    }
    case "standalonejob":
      return {
        memoryModel: "JobManager",
        user: args,
        withDynamicParameters: (dynamic) => [...configDir, ...splitWords(dynamic), ...args],
      };
    case "taskexecutor":
      return {
        memoryModel: "TaskManager",
        user: args,
        withDynamicParameters: (dynamic) => [...configDir, ...splitWords(dynamic), ...args],
      };
    case "kubernetes-session":
    case "kubernetes-application":
      return {
        memoryModel: "JobManager",
        user: args,
        withDynamicParameters: (dynamic) => [...splitWords(dynamic), ...args],
      };
    case "kubernetes-taskmanager":
      return { memoryModel: undefined, user: args, withDynamicParameters: () => [...configDir, ...args] };
    case "historyserver":
      return { memoryModel: undefined, user: [], withDynamicParameters: () => configDir };
    case "sql-gateway":
      return { memoryModel: undefined, user: args, withDynamicParameters: () => args };
  }
}
