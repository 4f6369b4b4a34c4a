import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hadoopClientJars } from "../../lab/hdfs.ts";
import { mavenJars } from "../../lab/maven.ts";
import { FlinkCluster } from "../support/flink-cluster.ts";
import { flinkHome } from "../support/flink-home.ts";
import { readJavaSupport, recordJavaSupport } from "../support/java-support.ts";
import { jdks, orSkip } from "../support/jdks.ts";
import { askThroughPlugin, compilePluginFileSystem, storePlugins } from "../support/plugin-file-system.ts";
import { runSluice, type SluiceResult } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { buildWordCount, readCounts } from "../support/word-count.ts";

const version = "2.3.0";
const full = process.env["SLUICE_TEST_FULL"] === "1";
const all = await jdks();
/** The newest differs most. */
const tested = full ? all : all.slice(-1);
const recorded = readJavaSupport();

const features = {
  run: (withHadoop: boolean) => `\`sluice run flink run\` to a cluster with TLS${hadoopOr(withHadoop)}`,
  list: (withHadoop: boolean) => `\`sluice run flink list\` beside a JobManager${hadoopOr(withHadoop)}`,
  sql: (withHadoop: boolean) => `a local job of \`sluice run sql-client.sh\`${hadoopOr(withHadoop)}`,
  plugin: (name: string) => `plugin flink-${name}`,
};

function hadoopOr(withHadoop: boolean): string {
  return withHadoop ? ", Hadoop 3.4.3 on the class path" : "";
}

/** What is fetched besides the JDKs and Flink. */
const isThere = await orSkip("Flink's plugins on several Java versions", async () => {
  await hadoopClientJars();
  for (const { name } of storePlugins) {
    await mavenJars(`flink-${name}-${version}`, [`org.apache.flink:flink-${name}:${version}`], { alone: true });
  }
  return true;
});

describe.runIf(isThere === true).each(tested)("Java $version", (jdk) => {
  const java = jdk.version.replace(/\..*/, "");
  const found: Record<string, string> = {};
  let folder: TemporaryFolder;
  let cluster: FlinkCluster | undefined;
  let home: string;

  /** What is recorded, or what is found now if that is to be recorded. */
  const expected = (feature: string, outcome: string) => {
    found[feature] = outcome;
    return process.env["UPDATE_GOLDEN"] === "1" ? outcome : recorded[feature]?.[java];
  };
  const outcomeOf = ({ exitCode, stdout, stderr }: SluiceResult, isRight: boolean) => {
    if (exitCode === 0 && isRight) return "works";
    return stderr.includes("does not start on Java")
      ? "refused: needs Hadoop"
      : `exit code ${exitCode}: ${
          `${stdout}${stderr}`
            .trim()
            .split("\n")
            .findLast((line) => /Caused by|Exception/.test(line)) ?? ""
        }`;
  };

  beforeAll(async () => {
    home = await flinkHome(version);
    folder = temporaryFolder();
    const variables = { JAVA_HOME: jdk.home };
    cluster = await FlinkCluster.prepare({
      flinkHome: home,
      folder: folder.path,
      key: "ec",
      taskManagers: 1,
      variables,
    });
    await cluster.start();
  });
  afterAll(async () => {
    await cluster?.stop();
    folder?.[Symbol.dispose]();
    if (process.env["UPDATE_GOLDEN"] === "1")
      recordJavaSupport(
        Object.fromEntries(Object.entries(found).map(([feature, outcome]) => [feature, { [java]: outcome }])),
      );
  });

  /** With Hadoop's client on the class path, or without. */
  const client = async (
    withHadoop: boolean,
    role: string,
    variables: Readonly<Record<string, string>>,
    ...command: string[]
  ) => {
    if (cluster === undefined) throw new Error("there is no cluster");
    const hadoop = withHadoop ? { HADOOP_CLASSPATH: join(await hadoopClientJars(), "*") } : {};
    return cluster.runAs(role, { ...variables, ...hadoop }, ...command);
  };

  it.each([false, true])("runs a job that flink run submits, with Hadoop: %s", async (withHadoop) => {
    const jar = await buildWordCount(home, folder.path);
    mkdirSync(folder.at("text"), { recursive: true });
    writeFileSync(folder.at("text/a.txt"), "one two two\n");
    const output = folder.at(`tmp/client/counts-${withHadoop}`);
    const run = await client(withHadoop, "client", {}, "flink", "run", jar, folder.at("text"), output);
    const outcome = outcomeOf(run, existsSync(output) && readCounts(output).get("two") === 2);
    expect(outcome).toBe(expected(features.run(withHadoop), outcome));
  });

  it.each([false, true])("lists jobs beside the JobManager, with Hadoop: %s", async (withHadoop) => {
    const list = await client(withHadoop, "jobmanager", {}, "flink", "list", "--all");
    const outcome = outcomeOf(list, list.stdout.includes("WordCount"));
    expect(outcome).toBe(expected(features.list(withHadoop), outcome));
  });

  it.each([false, true])("runs a query of the SQL client, with Hadoop: %s", async (withHadoop) => {
    const artifact = `org.apache.flink:flink-sql-gateway:${version}`;
    const jars = await mavenJars(`flink-sql-gateway-${version}`, [artifact], { alone: true });
    // The distribution of PyPI has no SQL gateway, which the client needs.
    const opt = folder.at(`opt-${withHadoop}`);
    mkdirSync(opt);
    for (const name of ["flink-sql-client", "flink-python"])
      symlinkSync(join(home, "opt", `${name}-${version}.jar`), join(opt, `${name}.jar`));
    symlinkSync(join(jars, `flink-sql-gateway-${version}.jar`), join(opt, "flink-sql-gateway.jar"));
    writeFileSync(
      folder.at("query.sql"),
      "SET 'sql-client.execution.result-mode' = 'tableau';\nSET 'execution.target' = 'local';\nSELECT 40 + 2 AS answer;\n",
    );
    // Without the cluster, whose JobManager has the port that the client's own gateway would take.
    const env = {
      FLINK_HOME: home,
      JAVA_HOME: jdk.home,
      FLINK_OPT_DIR: opt,
      FLINK_LOG_DIR: folder.at("log"),
      SLUICE_RUN_DIR: folder.at("sql"),
      DISABLE_JEMALLOC: "true",
      ...(withHadoop && { HADOOP_CLASSPATH: join(await hadoopClientJars(), "*") }),
    };
    const sql = await runSluice(["run", "sql-client.sh", "-f", folder.at("query.sql")], { env, cwd: folder.path });
    const outcome = outcomeOf(sql, / 42 /.test(sql.stdout));
    expect(outcome).toBe(expected(features.sql(withHadoop), outcome));
  });

  it.each(storePlugins)("$name", async (plugin) => {
    const asking = { flinkHome: home, flinkVersion: version, javaHome: jdk.home, folder: folder.at(plugin.name) };
    const classes = await compilePluginFileSystem(home, folder.at(`classes-${plugin.name}`));
    const outcome = (await askThroughPlugin(plugin, { ...asking, classes })).replace(/^.* : /, "");
    expect(outcome).toBe(expected(features.plugin(plugin.name), outcome));
  });
});
