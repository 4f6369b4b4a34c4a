import type { Problem } from "../core/problem.ts";
import { launchProblems } from "./launch-problems.ts";
import type { LaunchFacts } from "./launch-request.ts";
import type { Service } from "./recognise-command.ts";
import type { ScriptVariables } from "./script-variables.ts";

/**
 * The class path of `flink-console.sh`: the jars of the lib folder in the order of their bytes with flink-dist last, the SQL
 * gateway's, then Hadoop's, YARN's and HBase's. Empty entries are left out: to a JVM they are the working directory.
 */
export function classPath(service: Service, variables: ScriptVariables, facts: LaunchFacts): string | Problem {
  const isDist = (jar: string) => /(?:^|\/)flink-dist[^/]*\.jar$/.test(jar);
  const jars = paths(variables.FLINK_LIB_DIR, facts.libJars);
  const dist = jars.filter(isDist);
  if (dist.length !== 1) return notOne("no-flink-dist", "flink-dist", variables.FLINK_LIB_DIR, dist);
  const gateway = service === "sql-gateway" ? sqlGatewayJars(variables, facts) : [];
  if (!Array.isArray(gateway)) return gateway;
  const { HADOOP_CLASSPATH, HADOOP_CONF_DIR, YARN_CONF_DIR, HBASE_CONF_DIR } = variables;
  const others = [...jars.filter((jar) => !isDist(jar)), ...dist, ...gateway];
  return [...others, HADOOP_CLASSPATH, HADOOP_CONF_DIR, YARN_CONF_DIR, HBASE_CONF_DIR]
    .flatMap((entries) => entries.split(":"))
    .filter((entry) => entry !== "")
    .join(":");
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
  code: "no-flink-dist" | "no-sql-gateway",
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
