import type { MergedFlinkConf, Target } from "../../core/feature/feature.ts";
import { BashSyntaxError, expandWords, splitWords } from "../../flink/bash-words.ts";
import { optionSources } from "../../flink/java-options.ts";
import { recogniseCommand } from "../../flink/recognise-command.ts";

/** An option of a JVM's command line. */
export interface JvmOption {
  readonly text: string;
  /** The owner and the key of Flink's configuration, or the variable. */
  readonly where: readonly string[];
}

/** Which variables preset FLINK_ENV_JAVA_OPTS or a part of it (src/flink/java-options.ts). */
const presets = ["", "_JM", "_TM", "_HS", "_SQL_GATEWAY", "_CLI"].map((suffix) => `FLINK_ENV_JAVA_OPTS${suffix}`);

/**
 * The options of a process' JVM, weakest first: of two that set one property, the JVM takes the last. It reads JAVA_TOOL_OPTIONS before
 * the command line, and _JAVA_OPTIONS after it; the launcher puts JDK_JAVA_OPTIONS in front of the command line (java, JDK 9 to 25).
 */
export function jvmOptions(conf: MergedFlinkConf, { command, flinkHome, variable }: Target): readonly JvmOption[] {
  const read = (name: string) => {
    const value = variable(name);
    return typeof value === "string" ? value : undefined;
  };
  const ofVariable = (name: string) => splitWords(read(name) ?? "").map((text) => ({ text, where: [name] }));
  const texts = new Map([...conf].map(([key, { value }]) => [key, String(value)] as const));
  const env = Object.fromEntries(presets.map((name) => [name, read(name)]));
  const service = recogniseCommand(command, flinkHome)?.service;
  const sources = optionSources(service, { conf: texts, env, facts: { javaMajorVersion: undefined } });
  return [
    ...ofVariable("JAVA_TOOL_OPTIONS"),
    ...ofVariable("JDK_JAVA_OPTIONS"),
    ...ofVariable("JVM_ARGS"),
    ...sources.flatMap(({ name, text }) => {
      const owner = conf.get(name)?.owner;
      const where = owner === undefined ? [name] : [owner, name];
      return wordsOf(text, read).map((word) => ({ text: word, where }));
    }),
    ...ofVariable("_JAVA_OPTIONS"),
  ];
}

/** A text that Bash could not expand is a problem of the launch. */
function wordsOf(text: string, variable: (name: string) => string | undefined): readonly string[] {
  try {
    return splitWords(expandWords(text, variable).join(" "));
  } catch (error) {
    if (error instanceof BashSyntaxError) return splitWords(text);
    throw error;
  }
}
