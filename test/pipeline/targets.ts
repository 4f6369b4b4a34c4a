import { join } from "node:path";
import { compileJava, smallJvm } from "../../lab/java.ts";
import { kafkaJars } from "../../lab/kafka.ts";
import { runSluice, type SluiceProcess, startSluice } from "../support/run-sluice.ts";
import type { Stand } from "./stand.ts";

const sources = join(import.meta.dirname, "../../lab/java");
const jvm = `${smallJvm.join(" ")} -Xmx192m -Djava.security.krb5.conf="$KRB5_CONFIG"`;

/** Clients of the stand's servers, each started by `sluice run` with the files that it renders. */
export class Clients {
  readonly #folder: string;
  readonly #stand: Stand;
  readonly #classPath: string;

  private constructor(folder: string, stand: Stand, classPath: string) {
    this.#folder = folder;
    this.#stand = stand;
    this.#classPath = classPath;
  }

  /** The folder must exist. */
  static async prepare(folder: string, stand: Stand): Promise<Clients> {
    const jars = join(await kafkaJars(), "*");
    const classes = join(folder, "classes");
    for (const name of ["TopicWriter", "TopicReader"]) await compileJava(join(sources, `${name}.java`), classes, jars);
    return new Clients(folder, stand, `${classes}:${jars}`);
  }

  #options(role: string) {
    return { env: { SLUICE_RUN_DIR: join(this.#folder, role), ...this.#stand.environment }, cwd: this.#folder };
  }

  /** Starts to write the lines of a file (see TopicWriter.java). */
  write(file: string, recordsPerSecond: number): Promise<SluiceProcess> {
    const line = `exec java ${jvm} -cp '${this.#classPath}' TopicWriter "$KAFKA_CLIENT_PROPERTIES" '${file}' ${recordsPerSecond}`;
    return startSluice(["run", "sh", "-c", line], this.#options("writer"));
  }

  /** How many of so many records a group of consumers has not committed that it has read. */
  async lag(group: string, records: number): Promise<number> {
    const tool = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
    const args = `--bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --command-config "$KAFKA_CLIENT_PROPERTIES"`;
    const line = `exec java ${jvm} -cp '${this.#classPath}' ${tool} ${args} --describe --group ${group}`;
    const rows = (await this.#lines(line, {})).map((row) => row.trim().split(/\s+/));
    const offsets = rows.filter(([name]) => name === group).map(([, , , offset]) => Number(offset));
    return records - offsets.reduce((sum, offset) => sum + offset, 0);
  }

  /** What is committed in a topic, as lines. */
  topic(name: string): Promise<readonly string[]> {
    const line = `exec java ${jvm} -cp '${this.#classPath}' TopicReader "$KAFKA_CLIENT_PROPERTIES" '${name}'`;
    return this.#lines(line, {});
  }

  /** The lines of all files that are committed below a folder of HDFS. */
  files(uri: string): Promise<readonly string[]> {
    // What is not committed has a name that begins with a dot.
    const shell = `org.apache.hadoop.fs.FsShell -cat '${uri}/*/part-*'`;
    const line = `exec java ${jvm} -cp "$HADOOP_CONF_DIR:$HADOOP_CLASSPATH" ${shell}`;
    const { KERBEROS_KEYTAB = "" } = this.#stand.environment;
    return this.#lines(line, { KRB5PRINCIPAL: "flink", KRB5KEYTAB: KERBEROS_KEYTAB });
  }

  async #lines(command: string, more: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const options = this.#options("reader");
    const env = { ...options.env, ...more };
    const { exitCode, stdout, stderr } = await runSluice(["run", "sh", "-c", command], { ...options, env });
    if (exitCode !== 0) throw new Error(stderr);
    return stdout.split("\n").filter((line) => line !== "");
  }
}
