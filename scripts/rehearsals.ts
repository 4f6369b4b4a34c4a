import { X509Certificate } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { archiveFiles, archiveFolder, type ArchiveRecord } from "../src/flink/class-data.ts";
import type { Rehearsal } from "../src/rehearse.ts";
import { writeJks } from "./write-jks.ts";
import { writePkcs12 } from "../src/formats/keystore/pkcs12.ts";
import { generateCertificate } from "../src/shell/certificates/certificate-files.ts";

const flinkConfig = `
# As long as the file that
#   comes with Flink: comments.
env:
  java:
    opts:
      all: --add-exports=java.base/sun.net.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED
jobmanager:
  # bind-host: 0.0.0.0
  bind-host: localhost
  rpc: {address: localhost, port: 6123}
  memory:
    process:
      size: 1600m
  execution:
    failover-strategy: region
taskmanager:
  bind-host: localhost
  host: localhost
  numberOfTaskSlots: 1
  memory: # all of the process
    process:
      size: 1728m
parallelism:
  default: 1
rest: {address: localhost, bind-address: localhost}
`;

const properties = `jobmanager.rpc.port: 6123
taskmanager.memory.process.size: 2g
state.backend.type: "rocksdb"
env.java.opts.all: -Da=1 -Db=\${HOME}
rest:
  port: 8081
`;

/**
 * What the build rehearses: Flink's processes with every feature and with none, plans and refusals, on a Flink, two JDKs,
 * certificates and a keytab that are made up in the folder.
 */
export function makeRehearsals(folder: string): readonly Rehearsal[] {
  const at = (...names: string[]) => join(folder, ...names);
  write(at("keytab"), keytab());
  write(at("keys", "rehearsed"), `${"rehearsed/".repeat(4)}key=`);
  write(at("keys", "primary"), "rehearsed");
  write(at("hadoop", "hadoop-client-api-3.4.1.jar"), "");
  for (const kind of ["rsa", "ec"] as const) makeCertificates(at(kind), kind);
  makeJava(at("java-17"), "17.0.15", at("rsa", "pem", "ca.crt"));
  makeJava(at("java-21"), "21.0.8", at("rsa", "pem", "ca.crt"));
  makeFlink(at("flink"), at("java-17"));
  const common = { FLINK_HOME: at("flink"), SLUICE_RUN_DIR: at("run"), PATH: at("java-17", "bin"), HOME: folder };
  const plain = { ...common, JAVA_HOME: at("java-21") };
  const full = {
    ...common,
    JAVA_HOME: at("java-17"),
    JOB_MANAGER_RPC_ADDRESS: "jobmanager",
    FLINK_PROPERTIES: properties,
    FLINK_SSL_INTERNAL_ENABLED: "true",
    FLINK_SSL_INTERNAL_DIR: at("rsa", "pem"),
    FLINK_SSL_REST_ENABLED: "true",
    FLINK_SSL_REST_AUTHENTICATION_ENABLED: "true",
    FLINK_SSL_REST_DIR: at("ec", "pem"),
    KAFKA_SSL_ENABLED: "true",
    // Not the one that the made-up JDKs have already.
    KAFKA_SSL_CA_DIR: at("ec", "ca"),
  };
  const stores = {
    ...full,
    JAVA_HOME: at("java-21"),
    FLINK_SSL_INTERNAL_DIR: at("rsa", "stores"),
    FLINK_SSL_INTERNAL_PASSWORD_FILE: at("rsa", "stores", "password"),
    FLINK_SSL_REST_DIR: at("ec", "stores"),
    FLINK_SSL_REST_PASSWORD_FILE: at("ec", "stores", "password"),
  };
  const services = {
    ...full,
    FLINK_PROPERTIES: `${properties}execution.checkpointing.dir: sealed+file:///checkpoints\n`,
    SEALED_STATE_ENABLED: "true",
    SEALED_STATE_KEY_DIR: at("keys"),
    KERBEROS_ENABLED: "true",
    KERBEROS_KDC: "kdc.example.com",
    KERBEROS_PRINCIPAL: "flink@EXAMPLE.COM",
    KERBEROS_KEYTAB: at("keytab"),
    KAFKA_BOOTSTRAP_SERVERS: "kafka:9093",
    KAFKA_KERBEROS_ENABLED: "true",
    HADOOP_CLASSPATH: at("hadoop", "hadoop-client-api-3.4.1.jar"),
    HDFS_KERBEROS_ENABLED: "true",
    HDFS_DEFAULT_FS: "hdfs://namenode.example.com:8020",
    ELASTICSEARCH_HOSTS: "elasticsearch:9200",
    ELASTICSEARCH_USERNAME: "flink",
    ELASTICSEARCH_PASSWORD: "only rehearsed",
  };
  const wrong = {
    ...plain,
    FLINK_PROPERTIES: "rest.prot: 1\nsecurity.ssl.internal.enabled: maybe",
    FLINK_SSL_INTERNAL_ENABLED: "yes please",
  };
  const jobManager = ["jobmanager", "-D", "parallelism.default=2"];
  return [
    // Where nothing can be exec'd, run ends as if the program were not executable.
    ...[plain, full, stores, services].flatMap((env) => [
      { args: ["run", ...jobManager], env, exitCode: 126 as const },
      { args: ["run", ...jobManager], env, exitCode: 126 as const },
      { args: ["run", "taskmanager"], env, exitCode: 126 as const },
      { args: ["plan", "taskmanager"], env, exitCode: 0 as const },
    ]),
    { args: ["run", "java", "-version"], env: full, exitCode: 126 },
    { args: ["run", "jobmanager"], env: wrong, exitCode: 78 },
    { args: ["runn"], env: plain, exitCode: 64 },
    { args: ["version"], env: plain, exitCode: 0 },
  ];
}

/** With a class-data archive, as far as it is looked at, for that JDK. */
function makeFlink(home: string, java: string): void {
  const jar = join(home, "lib", "flink-dist-2.3.0.jar");
  write(jar, "");
  const record: ArchiveRecord = {
    java: readFileSync(join(java, "release"), "utf8"),
    classPath: [{ path: jar, size: 0, modified: Math.floor(statSync(jar).mtimeMs / 1000) }],
    size: 0,
  };
  for (const role of ["jobmanager", "taskmanager"] as const) {
    const files = archiveFiles(archiveFolder(home), role);
    write(files.archive, "");
    write(files.record, JSON.stringify(record));
  }
  write(join(home, "opt", "sealed-filesystem-0.1.0.jar"), "");
  write(join(home, "conf", "config.yaml"), flinkConfig);
  write(join(home, "conf", "log4j-console.properties"), "rootLogger.level = INFO\n");
}

/** A JDK as far as it is looked at, with the kind of truststore that its version has: JKS with a password, or neither. */
function makeJava(home: string, version: string, root: string): void {
  write(join(home, "release"), `JAVA_VERSION="${version}"\n`);
  mkdirSync(join(home, "bin"));
  symlinkSync(process.execPath, join(home, "bin", "java"));
  const bytes = (_label: string, length: number) => new Uint8Array(length);
  const certificate = new X509Certificate(readFileSync(root)).raw;
  const entry = { kind: "trusted", alias: "racine vérifiée", certificate } as const;
  const store = version.startsWith("17.")
    ? writeJks([entry], { password: "changeit", created: new Date(0), bytes })
    : writePkcs12([entry], { password: undefined, bytes, iterations: 1 });
  write(join(home, "lib", "security", "cacerts"), store);
}

function makeCertificates(folder: string, key: "rsa" | "ec"): void {
  const request = { commonName: "only rehearsed", dns: ["localhost"], ip: ["127.0.0.1"], key, days: 36_500 };
  for (const [name, bytes] of generateCertificate(request, new Date())) {
    const part = /^(tls|ca)\./.test(name) ? "pem" : "stores";
    write(join(folder, part, name), bytes);
    if (name === "ca.crt") write(join(folder, "ca", name), bytes);
  }
}

/** With one key of zeros, AES-256, for flink@EXAMPLE.COM (MIT krb5, "The Keytab Binary File Format"). */
function keytab(): Uint8Array {
  const counted = (text: string) => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);
  const principal = [Buffer.from([0, 1]), counted("EXAMPLE.COM"), counted("flink"), Buffer.from([0, 0, 0, 1])];
  const key = Buffer.concat([Buffer.from([0, 0, 0, 0, 1, 0, 18, 0, 32]), Buffer.alloc(32)]);
  const entry = Buffer.concat([...principal, key]);
  return Buffer.concat([Buffer.from([5, 2, 0, 0, 0, entry.length]), entry]);
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o600);
}
