import type { Notice, Problem } from "../core/findings/problem.ts";
import { splitWords } from "./bash-words.ts";
import { classPath } from "./class-path.ts";
import { clientArguments } from "./client-arguments.ts";
import { javaOptions } from "./java-options.ts";
import { launchProblems } from "./launch-problems.ts";
import { nonEmpty, systemHadoopConf, systemHbaseConf, type LaunchRequest } from "./launch-request.ts";
import { logSettings } from "./log-settings.ts";
import { isNativeVersion } from "./native-versions.ts";
import { recogniseClient } from "./recognise-client.ts";
import { mainClasses, recogniseCommand } from "./recognise-command.ts";
import { resourceVariables } from "./resource-variables.ts";
import { exportedVariables, type ScriptVariables, scriptVariables } from "./script-variables.ts";
import { serviceArguments } from "./service-arguments.ts";

/** The JVM that Flink's scripts would become. */
export interface Launch {
  /** `java`, to be found on PATH, if JAVA_HOME is not a folder. */
  readonly path: string;
  /** argv[0] included. */
  readonly argv: readonly string[];
  /** What the environment gets on top of the request's. */
  readonly set: Readonly<Record<string, string>>;
  /** Files that stdout and stderr go to, emptied first; their folder must exist. Undefined: both streams stay unchanged. */
  readonly stdoutTo: string | undefined;
  readonly stderrTo: string | undefined;
  readonly notices: readonly Notice[];
}

export type LaunchOutcome =
  | { readonly kind: "launch"; readonly launch: Launch }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/**
 * Computes what Flink's scripts would exec, for the versions that they were compared with. Undefined when the command is not
 * one of those that become a JVM, or the version is another: the scripts, or the unchanged command, must be run.
 */
export function computeLaunch(request: LaunchRequest): LaunchOutcome | undefined {
  const { version, confDir, env, facts } = request;
  const command = recogniseCommand(request.command, request.flinkHome);
  if (!isNativeVersion(version)) return undefined;
  if (command === undefined) return computeClient(request);
  const isFlink1 = version.startsWith("1.");
  const { service } = command;
  const variables = scriptVariables(request);
  const logs = logSettings(service, variables);
  const args = serviceArguments(command, { env, confDir, isFlink1 });
  const derived = args.memoryModel && resourceVariables(args.memoryModel, args.user, request, isFlink1);
  const resources = derived === undefined || "hint" in derived ? {} : derived;
  const scope: Readonly<Record<string, string | undefined>> = {
    ...env,
    ...variables,
    ...resources,
    FLINK_LOG_PREFIX: logs.prefix,
    log: `${logs.prefix}.log`,
    out: `${logs.prefix}.out`,
    err: `${logs.prefix}.err`,
    SERVICE: service,
  };
  const options = javaOptions(service, request, (name) => (Object.hasOwn(scope, name) ? scope[name] : undefined));
  const jars = classPath(service, variables, facts);
  const problems = [
    ...(derived !== undefined && "hint" in derived ? [derived] : []),
    ...("args" in options ? [] : options),
    ...(typeof jars === "string" ? [] : [jars]),
    ...checkJava(variables, request),
  ];
  if (problems.length > 0 || !("args" in options) || typeof jars !== "string") return { kind: "problems", problems };
  const kubernetesMemory = service === "kubernetes-taskmanager" ? ` ${env["FLINK_TM_JVM_MEM_OPTS"] ?? ""}` : undefined;
  const jvmArgs = kubernetesMemory === undefined ? {} : { JVM_ARGS: (env["JVM_ARGS"] ?? "") + kubernetesMemory };
  const set: Record<string, string> = {
    ...exportedVariables(variables, env),
    ...jvmArgs,
    ...resources,
    FLINK_ENV_JAVA_OPTS: options.variable,
  };
  return {
    kind: "launch",
    launch: {
      path: variables.JAVA_RUN,
      argv: [
        variables.JAVA_RUN,
        ...splitWords(set["JVM_ARGS"] ?? env["JVM_ARGS"] ?? ""),
        ...options.args,
        ...logs.args,
        "-classpath",
        jars,
        mainClasses[service],
        ...args.withDynamicParameters(set["DYNAMIC_PARAMETERS"] ?? ""),
      ],
      set,
      stdoutTo: logs.redirect?.stdout,
      stderrTo: logs.redirect?.stderr,
      notices: foundByChance(variables),
    },
  };
}

/** What `flink` and `sql-client.sh` would exec. They export nothing that `config.sh` does not, and leave the terminal as it is. */
function computeClient(request: LaunchRequest): LaunchOutcome | undefined {
  const client = recogniseClient(request.command, request.flinkHome);
  if (client === undefined) return undefined;
  const variables = scriptVariables(request);
  const jars = classPath(client.client, variables, request.facts);
  const problems = [
    ...(typeof jars === "string" ? [] : [jars]),
    ...checkJava(variables, request),
    ...checkHadoop(request),
  ];
  if (problems.length > 0 || typeof jars !== "string") return { kind: "problems", problems };
  const { args, set } = clientArguments(client, jars, variables, request);
  const argv = [variables.JAVA_RUN, ...args];
  const streams = { stdoutTo: undefined, stderrTo: undefined };
  const launch = { path: variables.JAVA_RUN, argv, set, ...streams, notices: foundByChance(variables) };
  return { kind: "launch", launch };
}

/** Those that have Hadoop's configuration in them. */
const hadoopJar = /(?:^|\/)(?:hadoop-(?:client|common)|flink-shaded-hadoop)[^/]*$/;

/**
 * Flink 1.20 to 2.3 list a factory for YARN among their services. Its class cannot be linked without Hadoop, which ServiceLoader
 * lets through since Java 24, and Flink does not expect (DefaultClusterClientServiceLoader).
 */
function checkHadoop({ env, facts, command }: LaunchRequest): readonly Problem[] {
  const hasHadoop = nonEmpty(env["HADOOP_CLASSPATH"]) !== undefined || facts.libJars.some((jar) => hadoopJar.test(jar));
  const java = facts.javaMajorVersion ?? 17;
  if (java < 24 || hasHadoop) return [];
  const hint =
    "use Java 21, or put hadoop-client-api and hadoop-client-runtime into lib, or set HADOOP_CLASSPATH to Hadoop's jars";
  const text = `Flink's client does not start on Java ${java} without Hadoop on its class path`;
  return [launchProblems.problem("client-needs-hadoop", [command[0] ?? ""], text, hint)];
}

/** The scripts say so as well when they take a folder of the system that nobody named. */
function foundByChance(variables: { readonly HADOOP_CONF_DIR: string; readonly HBASE_CONF_DIR: string }): Notice[] {
  return [
    { name: "HADOOP_CONF_DIR", path: variables.HADOOP_CONF_DIR, chance: systemHadoopConf },
    { name: "HBASE_CONF_DIR", path: variables.HBASE_CONF_DIR, chance: systemHbaseConf },
  ]
    .filter(({ path, chance }) => path === chance)
    .map(({ name, path }) => ({ level: "info", where: [name], text: `${path} is added to the class path` }));
}

function checkJava({ JAVA_RUN, JAVA_HOME }: ScriptVariables, { facts }: LaunchRequest): readonly Problem[] {
  if (JAVA_RUN !== "java" || facts.javaOnPath) return [];
  const text =
    JAVA_HOME === "" ? "there is no java on PATH" : `${JAVA_HOME} is no folder, and there is no java on PATH`;
  return [launchProblems.problem("no-java", ["JAVA_HOME"], text, "set JAVA_HOME, or env.java.home, to a JDK or JRE")];
}
