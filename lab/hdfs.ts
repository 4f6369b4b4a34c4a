import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { freePorts } from "../testkit/free-ports.ts";
import type { CertificateFiles } from "./certificates.ts";
import { type HdfsConfiguration, writeHdfsConfiguration } from "./hdfs-configuration.ts";
import { compileJava, jdkProgram, smallJvm } from "./java.ts";
import type { Kdc } from "./kdc.ts";
import { mavenJars } from "./maven.ts";
import { Restartable } from "./restartable.ts";
import { ServerProcess } from "./server-process.ts";

const version = "3.4.3";

export interface HdfsOptions {
  /** For HDFS alone; made when it is not there. */
  readonly folder: string;
  /** Gets the principals `hdfs/localhost` and `HTTP/localhost`. */
  readonly kdc: Kdc;
  /** For HTTPS, without which a DataNode of any user does not start. */
  readonly certificate: CertificateFiles;
  /** Who has a folder `/user/<name>`. */
  readonly users?: readonly string[];
  readonly protection?: HdfsConfiguration["protection"];
  /** Further properties of hdfs-site.xml, which win. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly outlives?: boolean;
}

/** A folder with the jars of HDFS' servers and command line. */
export function hdfsJars(): Promise<string> {
  const names = ["hadoop-hdfs", "hadoop-hdfs-client", "hadoop-common"];
  return mavenJars(
    `hdfs-${version}`,
    names.map((name) => `org.apache.hadoop:${name}:${version}`),
  );
}

/** Compiles the program that runs both servers in one JVM, and returns the folder. */
export async function compileLabHdfs(classes: string): Promise<string> {
  return compileJava(join(import.meta.dirname, "java/LabHdfs.java"), classes, join(await hdfsJars(), "*"));
}

/** A folder with the jars of Hadoop's client, which Flink needs on its class path. */
export function hadoopClientJars(): Promise<string> {
  return mavenJars(`hadoop-client-${version}`, [
    `org.apache.hadoop:hadoop-client-api:${version}`,
    `org.apache.hadoop:hadoop-client-runtime:${version}`,
    "commons-logging:commons-logging:1.3.5",
  ]);
}

/** An HDFS of one NameNode and one DataNode on ports of localhost, with Kerberos and encryption. */
export class Hdfs extends Restartable {
  readonly #options: HdfsOptions;
  readonly #classPath: readonly string[];
  readonly #nameNode: number;
  readonly keytab: string;

  private constructor(options: HdfsOptions, keytab: string, nameNode: number, classPath: readonly string[]) {
    super();
    this.#options = options;
    this.#classPath = classPath;
    this.#nameNode = nameNode;
    this.keytab = keytab;
  }

  static async start(options: HdfsOptions): Promise<Hdfs> {
    const { folder, kdc, certificate, protection = "privacy", properties = {} } = options;
    const [jars, [nameNode = 0, nameNodeHttps = 0, dataNode = 0, dataNodeIpc = 0, dataNodeHttps = 0]] =
      await Promise.all([hdfsJars(), freePorts(5)]);
    mkdirSync(folder, { recursive: true });
    const keytab = join(folder, "hdfs.keytab");
    await kdc.addWithKeytab(keytab, "hdfs/localhost", "HTTP/localhost");
    const ports = { nameNode, nameNodeHttps, dataNode, dataNodeIpc, dataNodeHttps };
    const { realm } = kdc;
    const conf = join(folder, "conf");
    const host = "localhost";
    writeHdfsConfiguration({ folder, conf, host, realm, keytab, certificate, protection, ports, properties });
    const classes = await compileLabHdfs(join(folder, "classes"));
    const hdfs = new Hdfs(options, keytab, nameNode, [conf, classes, join(jars, "*")]);
    await hdfs.restart();
    return hdfs;
  }

  /** `hdfs://localhost:<port>`. */
  get url(): string {
    return `hdfs://localhost:${this.#nameNode}`;
  }

  /** Copies a folder of HDFS to one of this machine, with the rights of HDFS itself. */
  async copy(from: string, to: string): Promise<void> {
    const { kdc } = this.#options;
    const jvm = [...smallJvm, `-Djava.security.krb5.conf=${kdc.krb5Conf}`, "-cp", this.#classPath.join(":")];
    const env = { KRB5PRINCIPAL: "hdfs/localhost", KRB5KEYTAB: this.keytab };
    await execa(jdkProgram("java"), [...jvm, "org.apache.hadoop.fs.FsShell", "-copyToLocal", from, to], { env });
  }

  protected launch(): Promise<ServerProcess> {
    const { folder, kdc, users = [], outlives } = this.#options;
    const jvm = [...smallJvm, "-Xmx256m", `-Djava.io.tmpdir=${folder}`, `-Djava.security.krb5.conf=${kdc.krb5Conf}`];
    return ServerProcess.start(
      {
        name: "HDFS",
        command: jdkProgram("java"),
        args: [...jvm, "-cp", this.#classPath.join(":"), "LabHdfs", ...users],
        cwd: folder,
        log: join(folder, "hdfs.log"),
        outlives,
      },
      async (server) => server.said().includes("HDFS is ready"),
    );
  }
}
