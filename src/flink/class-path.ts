import type { Problem } from "../core/findings/problem.ts";
import { launchProblems } from "./launch-problems.ts";
import type { LaunchFacts } from "./launch-request.ts";
import type { Client } from "./recognise-client.ts";
import type { Service } from "./recognise-command.ts";
import type { ScriptVariables } from "./script-variables.ts";

/**
 * The class path of `flink-console.sh`, `flink` and `sql-client.sh`: the jars of the lib folder in the order of their bytes with
 * flink-dist last, those of SQL programs, then Hadoop's, YARN's and HBase's. Empty entries are left out: to a JVM they are the working directory.
 */
export function classPath(program: Service | Client, variables: ScriptVariables, facts: LaunchFacts): string | Problem {
  const isDist = (jar: string) => /(?:^|\/)flink-dist[^/]*\.jar$/.test(jar);
  const jars = paths(variables.FLINK_LIB_DIR, facts.libJars);
  const dist = jars.filter(isDist);
  if (dist.length !== 1) return notOne("no-flink-dist", "flink-dist", variables.FLINK_LIB_DIR, dist);
  const sql = sqlJars(program, variables, facts);
  if (!Array.isArray(sql)) return sql;
  const { HADOOP_CLASSPATH, HADOOP_CONF_DIR, YARN_CONF_DIR, HBASE_CONF_DIR } = variables;
  const others = [...jars.filter((jar) => !isDist(jar)), ...dist, ...sql];
  return [...others, HADOOP_CLASSPATH, HADOOP_CONF_DIR, YARN_CONF_DIR, HBASE_CONF_DIR]
    .flatMap((entries) => entries.split(":"))
    .filter((entry) => entry !== "")
    .join(":");
}

function sqlJars(program: Service | Client, variables: ScriptVariables, facts: LaunchFacts): string[] | Problem {
  if (program === "sql-gateway") return sqlGatewayJars(variables, facts);
  if (program !== "sql-client") return [];
  const { FLINK_LIB_DIR, FLINK_OPT_DIR } = variables;
  const lib = paths(FLINK_LIB_DIR, facts.libJars).join(":");
  const opt = paths(FLINK_OPT_DIR, facts.optJars);
  const missing = ["flink-python", "flink-sql-gateway", "flink-sql-client"].filter((name) => !isIn(name, lib));
  const found = missing.flatMap((name) => opt.filter((jar) => isIn(name, jar)));
  const isThere = [lib, ...found].some((jar) => isIn("flink-sql-client", jar));
  return isThere ? found : notOne("no-sql-client", "flink-sql-client", FLINK_OPT_DIR, []);
}

/** As `sql-client.sh` looks for a jar: anywhere in a path. */
function isIn(name: string, path: string): boolean {
  return new RegExp(`${name}.*\\.jar`).test(path);
}

/** The jar that `sql-client.sh` puts on the class path, which Flink 1 is also given as `--jar`; undefined where lib has one. */
export function sqlClientJar(variables: ScriptVariables, facts: LaunchFacts): string | undefined {
  const jars = sqlJars("sql-client", variables, facts);
  return Array.isArray(jars) ? jars.find((jar) => isIn("flink-sql-client", jar)) : undefined;
}

function sqlGatewayJars({ FLINK_OPT_DIR }: ScriptVariables, facts: LaunchFacts): string[] | Problem {
  const jars = paths(FLINK_OPT_DIR, facts.optJars);
  const gateway = jars.filter((jar) => /\/flink-sql-gateway[^/]*\.jar$/.test(jar));
  if (gateway.length !== 1) return notOne("no-sql-gateway", "flink-sql-gateway", FLINK_OPT_DIR, gateway);
  return [...gateway, ...jars.filter((jar) => /\/flink-python[^/]*\.jar$/.test(jar))];
}

function paths(folder: string, jars: readonly string[]): string[] {
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  return jars.map((jar) => prefix + jar).toSorted();
}

function notOne(
  code: "no-flink-dist" | "no-sql-gateway" | "no-sql-client",
  name: string,
  folder: string,
  found: readonly string[],
): Problem {
  const names = found.map((path) => path.slice(folder.length + 1)).join(", ");
  return launchProblems.problem(
    code,
    [folder],
    found.length === 0 ? `holds no ${name}*.jar` : `holds more than one ${name}*.jar: ${names}`,
    found.length === 0 ? `put ${name}'s jar of your Flink version there` : "remove all but one",
  );
}
