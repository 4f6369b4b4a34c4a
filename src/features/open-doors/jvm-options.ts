import type { MergedFlinkConf, Target } from "../../core/feature/feature.ts";

/** An option of a JVM's command line. */
export interface JvmOption {
  readonly text: string;
  /** The key of Flink's configuration and its owner, or the variable. */
  readonly where: readonly string[];
}

const variables = ["JVM_ARGS", "FLINK_ENV_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"];

/** `env.java.opts.…` by the command that Flink's scripts read it for (config.sh, 1.20 to 2.3). */
const suffixes: Readonly<Record<string, string>> = {
  jobmanager: "jobmanager",
  "standalone-job": "jobmanager",
  taskmanager: "taskmanager",
  "history-server": "historyserver",
  "sql-gateway": "sql-gateway",
};

/** The options that a process' JVM gets from Flink's configuration and from the environment. */
export function jvmOptions(conf: MergedFlinkConf, { command, role, variable }: Target): readonly JvmOption[] {
  const word = role ?? command[0] ?? "";
  const suffix = Object.hasOwn(suffixes, word) ? suffixes[word] : undefined;
  const keys = ["env.java.opts", "env.java.opts.all", ...(suffix === undefined ? [] : [`env.java.opts.${suffix}`])];
  return [
    ...keys.flatMap((key) => {
      const found = conf.get(key);
      return found === undefined ? [] : words(String(found.value), [found.owner, key]);
    }),
    ...variables.flatMap((name) => words(String(variable(name) ?? ""), [name])),
  ];
}

function words(text: string, where: readonly string[]): readonly JvmOption[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => ({ text: word, where }));
}
