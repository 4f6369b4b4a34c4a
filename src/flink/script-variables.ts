import type { Environment } from "./environment.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { javaHome, libFolder, nonEmpty, optFolder, systemHadoopConf, systemHbaseConf } from "./launch-request.ts";

/** The shell variables that `config.sh` sets and something later reads, by their own names. */
export type ScriptVariables = Readonly<
  Record<(typeof exported)[number] | (typeof inherited)[number], string> & { readonly HADOOP_CLASSPATH: string }
>;

/** Exported to the JVM, whatever the environment had. */
const exported = [
  "FLINK_CONF_DIR",
  "FLINK_BIN_DIR",
  "FLINK_PLUGINS_DIR",
  "FLINK_LIB_DIR",
  "FLINK_OPT_DIR",
  "MAX_LOG_FILE_NUMBER",
  "ROOT_LOG_LEVEL",
  "JAVA_HOME",
  "JAVA_RUN",
] as const;

/** Assigned only: the JVM sees the new value if the environment had the variable. */
const inherited = [
  "FLINK_HOME",
  "FLINK_LOG_DIR",
  "FLINK_PID_DIR",
  "FLINK_IDENT_STRING",
  "HADOOP_CONF_DIR",
  "YARN_CONF_DIR",
  "HBASE_CONF_DIR",
  "HOSTNAME",
  "STD_REDIRECT_TO_FILE",
] as const;

/** `config.sh`: a variable of the environment wins over the configuration, and that over the default. */
export function scriptVariables(request: LaunchRequest): ScriptVariables {
  const { flinkHome, env, conf, facts } = request;
  const setting = (name: string, key: string, otherwise: string) =>
    nonEmpty(env[name]) ?? nonEmpty(conf.get(key)?.trim()) ?? otherwise;
  const home = javaHome(request);
  return {
    FLINK_HOME: flinkHome,
    FLINK_CONF_DIR: request.confDir,
    FLINK_BIN_DIR: `${flinkHome}/bin`,
    FLINK_PLUGINS_DIR: nonEmpty(env["FLINK_PLUGINS_DIR"]) ?? `${flinkHome}/plugins`,
    FLINK_LIB_DIR: libFolder(request),
    FLINK_OPT_DIR: optFolder(request),
    JAVA_HOME: home,
    JAVA_RUN: facts.folders.has(home) ? `${home}/bin/java` : "java",
    HOSTNAME: nonEmpty(env["HOSTNAME"]) ?? facts.hostName,
    MAX_LOG_FILE_NUMBER: setting("MAX_LOG_FILE_NUMBER", "env.log.max", "10"),
    ROOT_LOG_LEVEL: setting("ROOT_LOG_LEVEL", "env.log.level", "INFO"),
    STD_REDIRECT_TO_FILE: setting("STD_REDIRECT_TO_FILE", "env.stdout-err.redirect-to-file", "false"),
    FLINK_LOG_DIR: setting("FLINK_LOG_DIR", "env.log.dir", `${flinkHome}/log`),
    FLINK_PID_DIR: setting("FLINK_PID_DIR", "env.pid.dir", "/tmp"),
    FLINK_IDENT_STRING: nonEmpty(env["FLINK_IDENT_STRING"]) ?? env["USER"] ?? "",
    YARN_CONF_DIR: setting("YARN_CONF_DIR", "env.yarn.conf.dir", ""),
    HADOOP_CONF_DIR: setting("HADOOP_CONF_DIR", "env.hadoop.conf.dir", "") || findHadoopConf(request),
    HBASE_CONF_DIR: setting("HBASE_CONF_DIR", "env.hbase.conf.dir", "") || findHbaseConf(request),
    HADOOP_CLASSPATH: env["HADOOP_CLASSPATH"] ?? "",
  };
}

/** What the JVM's environment gets of them. */
export function exportedVariables(variables: ScriptVariables, env: Environment): Readonly<Record<string, string>> {
  const names = [...exported, ...inherited.filter((name) => env[name] !== undefined)];
  return Object.fromEntries(names.map((name) => [name, variables[name]]));
}

function findHadoopConf({ env, facts }: LaunchRequest): string {
  const home = nonEmpty(env["HADOOP_HOME"]);
  const ofHome = home === undefined ? [] : [`${home}/etc/hadoop`, `${home}/conf`];
  const ofSystem = nonEmpty(env["HADOOP_CLASSPATH"]) === undefined ? [systemHadoopConf] : [];
  return [...ofHome, ...ofSystem].find((path) => facts.folders.has(path)) ?? "";
}

function findHbaseConf({ env, facts }: LaunchRequest): string {
  const home = nonEmpty(env["HBASE_HOME"]);
  const candidates = [...(home === undefined ? [] : [`${home}/conf`]), systemHbaseConf];
  return candidates.find((path) => facts.folders.has(path)) ?? "";
}
