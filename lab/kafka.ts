import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { freePorts } from "../testkit/free-ports.ts";
import { jdkProgram, smallJvm } from "./java.ts";
import {
  type KafkaSecurity,
  type Listener,
  listeners,
  offered,
  propertiesText,
  serverProperties,
} from "./kafka-configuration.ts";
import { mavenJars } from "./maven.ts";
import { Restartable } from "./restartable.ts";
import { ServerProcess } from "./server-process.ts";

const version = "4.2.0";

export interface KafkaOptions extends KafkaSecurity {
  /** For the broker alone; made when it is not there. */
  readonly folder: string;
  /** Further properties of the server, which win. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly outlives?: boolean;
}

/** A folder with the jars of Kafka's server, clients and tools. */
export function kafkaJars(): Promise<string> {
  return mavenJars(`kafka-${version}`, [
    `org.apache.kafka:kafka_2.13:${version}`,
    `org.apache.kafka:kafka-tools:${version}`,
    // Without it, nothing of the server's log is to be seen.
    "org.slf4j:slf4j-simple:1.7.36",
  ]);
}

/** A Kafka broker that is its own controller, on ports of localhost. Topics are made when they are first used. */
export class Kafka extends Restartable {
  readonly #options: KafkaOptions;
  readonly #jars: string;
  readonly #ports: ReadonlyMap<Listener | "CONTROLLER", number>;

  private constructor(options: KafkaOptions, jars: string, ports: ReadonlyMap<Listener | "CONTROLLER", number>) {
    super();
    this.#options = options;
    this.#jars = jars;
    this.#ports = ports;
  }

  /** Starts a broker with each listener for which `options` has what it needs. */
  static async start(options: KafkaOptions): Promise<Kafka> {
    const [jars, [controller = 0, ...ports]] = await Promise.all([kafkaJars(), freePorts(1 + listeners.length)]);
    const named = offered(options).map((name, index) => [name, ports[index] ?? 0] as const);
    const kafka = new Kafka(options, jars, new Map([["CONTROLLER" as const, controller], ...named]));
    await kafka.#format();
    await kafka.restart();
    return kafka;
  }

  /** `localhost:port` of a listener, as clients call it their bootstrap server. */
  bootstrap(listener: Listener): string {
    const port = this.#ports.get(listener);
    if (port === undefined) throw new Error(`this Kafka has no listener ${listener}`);
    return `localhost:${port}`;
  }

  async #format(): Promise<void> {
    const { folder, users = {}, properties } = this.#options;
    mkdirSync(folder, { recursive: true });
    const all = { ...serverProperties(this.#options, this.#ports, join(folder, "data")), ...properties };
    writeFileSync(this.#configuration, propertiesText(all), { mode: 0o600 });
    const scram = Object.entries(users).map(
      ([name, password]) => `--add-scram\nSCRAM-SHA-512=[name=${name},password=${password}]\n`,
    );
    // May begin with a hyphen, so that it has to be one word with its option.
    const id = randomBytes(16).toString("base64url");
    const args = join(folder, "format.args");
    // A file, because everybody may see the arguments of a process.
    writeFileSync(args, `format\n--cluster-id=${id}\n-c\n${this.#configuration}\n${scram.join("")}`, { mode: 0o600 });
    await execa(jdkProgram("java"), [...smallJvm, "-cp", join(this.#jars, "*"), "kafka.tools.StorageTool", `@${args}`]);
  }

  get #configuration(): string {
    return join(this.#options.folder, "server.properties");
  }

  /** Writes lines into a topic, over the listener that asks for nothing. */
  async write(topic: string, lines: readonly string[]): Promise<void> {
    const args = ["--bootstrap-server", this.bootstrap("PLAINTEXT"), "--topic", topic];
    const producer = ["-cp", join(this.#jars, "*"), "org.apache.kafka.tools.ConsoleProducer", ...args];
    await execa(jdkProgram("java"), [...smallJvm, ...producer], { input: `${lines.join("\n")}\n` });
  }

  protected launch(): Promise<ServerProcess> {
    const { folder, kerberos, outlives } = this.#options;
    const krb5 = kerberos === undefined ? [] : [`-Djava.security.krb5.conf=${kerberos.krb5Conf}`];
    const jvm = [...smallJvm, "-Xmx192m", `-Djava.io.tmpdir=${folder}`, ...krb5];
    return ServerProcess.start(
      {
        name: "Kafka",
        command: jdkProgram("java"),
        args: [...jvm, "-cp", join(this.#jars, "*"), "kafka.Kafka", this.#configuration],
        cwd: folder,
        log: join(folder, "kafka.log"),
        outlives,
      },
      async (server) => server.said().includes("Kafka Server started"),
    );
  }
}
