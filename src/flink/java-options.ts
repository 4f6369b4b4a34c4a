import type { Problem } from "../core/findings/problem.ts";
import { BashSyntaxError, expandWords, splitWords } from "./bash-words.ts";
import { launchProblems } from "./launch-problems.ts";
import { nonEmpty, type LaunchRequest } from "./launch-request.ts";
import type { Service } from "./recognise-command.ts";

/** The variable that presets a service's own JVM options, and the keys that it stands for. */
interface RoleOptions {
  readonly variable: string;
  readonly keys: readonly string[];
}

const jobManager: RoleOptions = {
  variable: "FLINK_ENV_JAVA_OPTS_JM",
  keys: ["env.java.default-opts.jobmanager", "env.java.opts.jobmanager"],
};
const taskManager: RoleOptions = {
  variable: "FLINK_ENV_JAVA_OPTS_TM",
  keys: ["env.java.default-opts.taskmanager", "env.java.opts.taskmanager"],
};
const historyServer: RoleOptions = { variable: "FLINK_ENV_JAVA_OPTS_HS", keys: ["env.java.opts.historyserver"] };
const sqlGateway: RoleOptions = { variable: "FLINK_ENV_JAVA_OPTS_SQL_GATEWAY", keys: ["env.java.opts.sql-gateway"] };

const client: RoleOptions = { variable: "FLINK_ENV_JAVA_OPTS_CLI", keys: ["env.java.opts.client"] };

const roleOptions: Readonly<Record<Service, RoleOptions>> = {
  standalonesession: jobManager,
  standalonejob: jobManager,
  "kubernetes-session": jobManager,
  "kubernetes-application": jobManager,
  taskexecutor: taskManager,
  "kubernetes-taskmanager": taskManager,
  historyserver: historyServer,
  "sql-gateway": sqlGateway,
};

/** FLINK_ENV_JAVA_OPTS as the JVM sees it, and the arguments that it makes. */
export interface JavaOptions {
  readonly variable: string;
  readonly args: readonly string[];
}

/** One piece of the options, as it is set. */
export interface OptionSource {
  /** The key of Flink's configuration, or the variable; empty for what Flink's scripts add. */
  readonly name: string;
  readonly text: string;
}

/** What the options of a JVM are read from. */
export type OptionRequest = Pick<LaunchRequest, "conf" | "env"> & {
  readonly facts: Pick<LaunchRequest["facts"], "javaMajorVersion">;
};

/**
 * The options of `env.java.opts*`, expanded as `flink-console.sh` does (`eval echo`), except that nothing is run. As there,
 * the result is split at spaces once more: quotes do not keep two words together.
 */
export function javaOptions(
  service: Service,
  request: LaunchRequest,
  variable: (name: string) => string | undefined,
): JavaOptions | readonly Problem[] {
  const problems: Problem[] = [];
  const fields: string[] = [];
  for (const { name, text } of optionSources(service, request)) {
    try {
      fields.push(...expandWords(text, variable));
    } catch (error) {
      if (!(error instanceof BashSyntaxError)) throw error;
      problems.push(launchProblems.problem("bad-java-options", [name], error.message, error.hint));
    }
  }
  const expanded = fields.join(" ");
  return problems.length > 0 ? problems : { variable: expanded, args: splitWords(expanded) };
}

/** What Flink's scripts put into FLINK_ENV_JAVA_OPTS for a service, or for a client if that is undefined, in their order. */
export function optionSources(service: Service | undefined, request: OptionRequest): readonly OptionSource[] {
  return [...allOptions(request), ...ownOptions(service === undefined ? client : roleOptions[service], request)];
}

/**
 * The options of a client, FLINK_ENV_JAVA_OPTS and the client's own. `flink` and `sql-client.sh` split them at spaces, and expand
 * nothing.
 */
export function clientJavaOptions(request: LaunchRequest): string {
  return optionSources(undefined, request)
    .map(({ text }) => text)
    .join(" ");
}

/** The options of every service. A preset FLINK_ENV_JAVA_OPTS replaces all of them, the two fixed ones too. */
function allOptions({ conf, env, facts }: OptionRequest): readonly OptionSource[] {
  const preset = nonEmpty(env["FLINK_ENV_JAVA_OPTS"]);
  if (preset !== undefined) return [{ name: "FLINK_ENV_JAVA_OPTS", text: preset }];
  const own = read(conf, "env.java.opts.all");
  const java = facts.javaMajorVersion ?? 17;
  return [
    { name: "", text: "-XX:+IgnoreUnrecognizedVMOptions" },
    read(conf, "env.java.default-opts.all"),
    own.text === "" ? read(conf, "env.java.opts") : own,
    // Java 24 has no security manager left (JEP 486), and does not start when it is told to allow one.
    { name: "", text: java > 17 && java < 24 ? "-Djava.security.manager=allow" : "" },
  ];
}

function ownOptions({ variable, keys }: RoleOptions, { conf, env }: OptionRequest): readonly OptionSource[] {
  const preset = nonEmpty(env[variable]);
  return preset === undefined ? keys.map((key) => read(conf, key)) : [{ name: variable, text: preset }];
}

/** A value without the double quotes that some write around all of it. */
function read(conf: ReadonlyMap<string, string>, key: string): OptionSource {
  const text = (conf.get(key) ?? "").trim();
  return { name: key, text: /^"([^"]*)"$/.exec(text)?.[1] ?? text };
}
