import type { Notice, Problem } from "../core/problem.ts";
import { splitWords } from "./bash-words.ts";
import { classPath } from "./class-path.ts";
import { javaOptions } from "./java-options.ts";
import { launchProblems } from "./launch-problems.ts";
import { systemHadoopConf, systemHbaseConf, type LaunchRequest } from "./launch-request.ts";
import { logSettings } from "./log-settings.ts";
import { isNativeVersion } from "./native-versions.ts";
import { mainClasses, recogniseCommand } from "./recognise-command.ts";
import { resourceVariables } from "./resource-variables.ts";
import { exportedVariables, scriptVariables } from "./script-variables.ts";
import { serviceArguments } from "./service-arguments.ts";

/** The JVM that Flink's scripts would become. */
export interface Launch {
  /** `java`, to be found on PATH, where JAVA_HOME is no folder. */
  readonly path: string;
  /** argv[0] included. */
  readonly argv: readonly string[];
  /** What the environment gets on top of the request's. */
  readonly set: Readonly<Record<string, string>>;
  /** Files that stdout and stderr go to, emptied first; the folder has to be there. Undefined: they stay as they are. */
  readonly stdoutTo: string | undefined;
  readonly stderrTo: string | undefined;
  readonly notices: readonly Notice[];
}

export type LaunchOutcome =
  | { readonly kind: "launch"; readonly launch: Launch }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/**
 * Computes what Flink's scripts would exec, for the versions that they were compared with. Undefined when the command is not
 * one of those that become a JVM, or the version is another: the scripts themselves, or the command as it is, have to be run.
 */
export function computeLaunch(request: LaunchRequest): LaunchOutcome | undefined {
  const { version, confDir, env, facts } = request;
  const command = recogniseCommand(request.command, request.flinkHome);
  if (command === undefined || !isNativeVersion(version)) return undefined;
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
    ...(variables.JAVA_RUN === "java" && !facts.javaOnPath ? [noJava(variables.JAVA_HOME)] : []),
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

/** The scripts say so as well when they take a folder of the system that nobody named. */
function foundByChance(variables: { readonly HADOOP_CONF_DIR: string; readonly HBASE_CONF_DIR: string }): Notice[] {
  return [
    { name: "HADOOP_CONF_DIR", path: variables.HADOOP_CONF_DIR, chance: systemHadoopConf },
    { name: "HBASE_CONF_DIR", path: variables.HBASE_CONF_DIR, chance: systemHbaseConf },
  ]
    .filter(({ path, chance }) => path === chance)
    .map(({ name, path }) => ({ level: "info", where: [name], text: `${path} goes on the class path` }));
}

function noJava(home: string): Problem {
  const text = home === "" ? "there is no java on PATH" : `${home} is no folder, and there is no java on PATH`;
  return launchProblems.problem("no-java", ["JAVA_HOME"], text, "set JAVA_HOME, or env.java.home, to a JDK or JRE");
}
