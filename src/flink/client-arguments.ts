import { splitWords } from "./bash-words.ts";
import { sqlClientJar } from "./class-path.ts";
import { clientJavaOptions } from "./java-options.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { type ClientCommand, clientClasses } from "./recognise-client.ts";
import { exportedVariables, type ScriptVariables } from "./script-variables.ts";

/** What a client's JVM is started with, as `flink` and `sql-client.sh` do it. */
export interface ClientArguments {
  /** Without argv[0]. */
  readonly args: readonly string[];
  /** What the environment gets on top of the request's. */
  readonly set: Readonly<Record<string, string>>;
}

/** The arguments of a client's JVM with this class path. */
export function clientArguments(
  { client, args }: ClientCommand,
  jars: string,
  variables: ScriptVariables,
  request: LaunchRequest,
): ClientArguments {
  const { env, version, facts } = request;
  const { FLINK_LOG_DIR, FLINK_IDENT_STRING, HOSTNAME, FLINK_CONF_DIR } = variables;
  const options = clientJavaOptions(request);
  const own = [splitWords(env["JVM_ARGS"] ?? ""), splitWords(options)];
  const log4j = `file:${FLINK_CONF_DIR}/log4j-cli.properties`;
  const jar = client === "sql-client" && version.startsWith("1.") ? sqlClientJar(variables, facts) : undefined;
  return {
    args: [
      // The SQL client's come last.
      ...(client === "client" ? own : own.toReversed()).flat(),
      `-Dlog.file=${FLINK_LOG_DIR}/flink-${FLINK_IDENT_STRING}-${client}-${HOSTNAME}.log`,
      `-Dlog4j.configuration=${log4j}`,
      `-Dlog4j.configurationFile=${log4j}`,
      `-Dlogback.configurationFile=file:${FLINK_CONF_DIR}/logback.xml`,
      "-classpath",
      jars,
      clientClasses[client],
      ...args,
      ...(jar === undefined ? [] : ["--jar", jar]),
    ],
    set: {
      ...exportedVariables(variables, env),
      ...(env["FLINK_ENV_JAVA_OPTS"] === undefined ? {} : { FLINK_ENV_JAVA_OPTS: options }),
    },
  };
}
