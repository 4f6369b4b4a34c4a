import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { hadoopClientJars } from "../../lab/hdfs.ts";
import type { Lab } from "../../lab/lab.ts";
import { FlinkCluster } from "../support/flink-cluster.ts";
import { flinkHome } from "../support/flink-home.ts";
import type { flinkVersions } from "../support/flink-versions.ts";
import { buildKafkaToHdfs, flinkWithKafka } from "../support/kafka-to-hdfs.ts";

/** Each listener of Kafka, and the API that reads from it, by another of the files that sluice renders for Kafka. */
export const listeners = { SASL_PLAINTEXT: "datastream", SASL_SSL: "sql" } as const;

export type KerberosListener = keyof typeof listeners;

/** Starts a Flink of a version, by nothing but environment variables and mounted files; it has a job for each listener. */
export async function startJobs(
  version: (typeof flinkVersions)[number],
  lab: Lab,
  folder: string,
): Promise<FlinkCluster> {
  const hadoop = await hadoopClientJars();
  mkdirSync(folder);
  const home = await flinkWithKafka(version, await flinkHome(version), join(folder, "flink"));
  const jar = await buildKafkaToHdfs(home, folder);
  const cluster = await FlinkCluster.prepare({
    flinkHome: home,
    folder,
    key: "ec",
    taskManagers: 1,
    properties: {
      "taskmanager.numberOfTaskSlots": 2,
      "execution.checkpointing.interval": "3 s",
      "execution.checkpointing.dir": `${lab.hdfs.url}/user/flink/checkpoints`,
    },
    variables: {
      ...lab.variables,
      HADOOP_CLASSPATH: join(hadoop, "*"),
      HDFS_PROTECTION: "privacy",
      // So that each checkpoint has to authenticate anew.
      CORE_CONF_ipc_client_connection_maxidletime: "1000",
    },
  });
  try {
    await cluster.start();
    for (const [listener, api] of Object.entries(listeners)) {
      await submit(cluster, lab, listener as KerberosListener, api, [
        jar,
        api,
        "lines",
        output(lab, version, listener),
      ]);
    }
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

function output(lab: Lab, version: string, listener: string): string {
  return `${lab.hdfs.url}/user/flink/out/${version}/${listener}`;
}

async function submit(
  cluster: FlinkCluster,
  { kafka }: Lab,
  listener: KerberosListener,
  api: string,
  args: readonly string[],
): Promise<void> {
  const plaintext = {
    KAFKA_SSL_ENABLED: "false",
    KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrap(listener),
  };
  const variables = listener === "SASL_PLAINTEXT" ? plaintext : {};
  const { exitCode, stdout, stderr } = await cluster.runAs(`client-${api}`, variables, "flink", "run", "-d", ...args);
  if (exitCode !== 0) throw new Error(`flink run: exit code ${exitCode}\n${stdout}\n${stderr}\n${cluster.lastWords()}`);
}
