import type { Service } from "./recognise-command.ts";
import type { ScriptVariables } from "./script-variables.ts";

/** Where `flink-console.sh` sends what a service says. */
export interface LogSettings {
  /** Start of every file's name, `${FLINK_LOG_PREFIX}` in JVM options. */
  readonly prefix: string;
  readonly args: readonly string[];
  /** Files for stdout and stderr, with `env.stdout-err.redirect-to-file`. */
  readonly redirect: { readonly stdout: string; readonly stderr: string } | undefined;
}

/**
 * Log files are named `flink-<user>-<service>-<id>-<host>`. The scripts count the id in a PID file, so that several processes
 * of a machine have a file each; a container has one process, and its PID file outlives a restart. So there is none, and the id is 0.
 */
export function logSettings(service: Service, variables: ScriptVariables): LogSettings {
  const { FLINK_LOG_DIR, FLINK_IDENT_STRING, HOSTNAME, FLINK_CONF_DIR, STD_REDIRECT_TO_FILE } = variables;
  const prefix = `${FLINK_LOG_DIR}/flink-${FLINK_IDENT_STRING}-${service}-0-${HOSTNAME}`;
  const redirects = STD_REDIRECT_TO_FILE === "true";
  const log4j = `file:${FLINK_CONF_DIR}/log4j-console.properties`;
  return {
    prefix,
    args: [
      ...(redirects ? ["-Dconsole.log.level=OFF"] : []),
      `-Dlog.file=${prefix}.log`,
      `-Dlog4j.configuration=${log4j}`,
      `-Dlog4j.configurationFile=${log4j}`,
      `-Dlogback.configurationFile=file:${FLINK_CONF_DIR}/logback-console.xml`,
    ],
    redirect: redirects ? { stdout: `${prefix}.out`, stderr: `${prefix}.err` } : undefined,
  };
}
