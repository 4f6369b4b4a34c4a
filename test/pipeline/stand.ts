import { join } from "node:path";
import { LabCa } from "../../lab/certificates.ts";
import { hadoopClientJars, Hdfs } from "../../lab/hdfs.ts";
import { Kafka } from "../../lab/kafka.ts";
import { Kdc } from "../../lab/kdc.ts";
import { SearchServer } from "../../lab/search.ts";
import { ZooKeeper } from "../../lab/zookeeper.ts";
import type { TemporaryFolder } from "../../testkit/temporary-folder.ts";
import { partitions } from "./words.ts";
import { SearchProxy } from "./search-proxy.ts";

export const searchUser = "flink";
/** Looked for in whatever is said. */
export const searchPassword = 'planted;a"s s\\w=ö#rd';

/** Everything around Flink: each server is a real one, closed to whom it does not know. */
export interface Stand {
  readonly kdc: Kdc;
  readonly kafka: Kafka;
  readonly hdfs: Hdfs;
  readonly search: SearchServer;
  readonly proxy: SearchProxy;
  readonly zooKeeper: ZooKeeper;
  readonly ca: LabCa;
  /** What a container of the cluster has in its environment to reach it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startStand(folder: TemporaryFolder, flinkHome: string): Promise<Stand> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    await Promise.allSettled(stops.map((each) => each()));
  };
  const started = async <T extends { stop(): Promise<unknown> }>(server: Promise<T>): Promise<T> => {
    const running = await server;
    stops.push(() => running.stop());
    return running;
  };
  const all = async () => {
    const kdc = await started(Kdc.start({ folder: folder.at("kdc") }));
    const ca = new LabCa(folder.at("ca"));
    const certificate = ca.issue(folder.at("servers"));
    const principal = `kafka/localhost@${kdc.realm}`;
    const kerberos = {
      krb5Conf: kdc.krb5Conf,
      keytab: await kdc.addWithKeytab(folder.at("kafka.keytab"), principal),
      principal,
    };
    const keytab = await kdc.addWithKeytab(folder.at("flink.keytab"), "flink");
    const properties = { "num.partitions": String(partitions) };
    const [kafka, hdfs, search, zooKeeper, jars] = await Promise.all([
      started(Kafka.start({ folder: folder.at("kafka"), kerberos, certificate, properties })),
      started(Hdfs.start({ folder: folder.at("hdfs"), kdc, certificate, users: ["flink"] })),
      started(
        SearchServer.start({
          kind: "elasticsearch-7",
          folder: folder.at("search"),
          certificate,
          users: { [searchUser]: searchPassword },
        }),
      ),
      started(ZooKeeper.start({ folder: folder.at("zookeeper"), flinkHome, kdc })),
      hadoopClientJars(),
    ]);
    const proxy = await started(SearchProxy.start(search.url, certificate));
    const environment = {
      KERBEROS_ENABLED: "true",
      KERBEROS_KDC: `127.0.0.1:${kdc.port}`,
      KERBEROS_REALM: kdc.realm,
      KERBEROS_KEYTAB: keytab,
      ZOOKEEPER_KERBEROS_ENABLED: "true",
      KAFKA_KERBEROS_ENABLED: "true",
      KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrap("SASL_SSL"),
      KAFKA_SSL_ENABLED: "true",
      KAFKA_SSL_CA_DIR: ca.folder,
      HDFS_KERBEROS_ENABLED: "true",
      HDFS_DEFAULT_FS: hdfs.url,
      HDFS_PROTECTION: "privacy",
      HADOOP_CLASSPATH: join(jars, "*"),
      ELASTICSEARCH_HOSTS: proxy.url,
      ELASTICSEARCH_SSL_ENABLED: "true",
      ELASTICSEARCH_SSL_CA_DIR: ca.folder,
      ELASTICSEARCH_USERNAME: searchUser,
      ELASTICSEARCH_PASSWORD: searchPassword,
    };
    return { kdc, kafka, hdfs, search, proxy, zooKeeper, ca, environment, stop };
  };
  try {
    return await all();
  } catch (error) {
    await stop();
    throw error;
  }
}
