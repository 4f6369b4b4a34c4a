import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LabCa } from "./certificates.ts";
import { Hdfs } from "./hdfs.ts";
import { Kafka } from "./kafka.ts";
import { Kdc } from "./kdc.ts";
import { SearchServer } from "./search.ts";
import { type SearchKind, searchKinds } from "./search-homes.ts";
import type { ServerProcess } from "./server-process.ts";

/** What a lab can have in it. */
export const serverNames = ["kdc", "kafka", "hdfs", ...searchKinds] as const;

export type ServerName = (typeof serverNames)[number];

export interface LabOptions {
  /** For the lab alone; made when it is not there. */
  readonly folder: string;
  /** Kafka and HDFS bring the KDC with them. */
  readonly servers: readonly ServerName[];
  /** Seconds that a ticket of Flink's principal lives; undefined: 10 hours. */
  readonly ticketLifetime?: number;
  /** Further properties of HDFS' servers. */
  readonly hdfsProperties?: Readonly<Record<string, string>>;
  readonly outlives?: boolean;
  /** Is told of each server that is ready. */
  readonly onReady?: (name: ServerName, process: ServerProcess | undefined) => void;
}

interface Server {
  readonly process: ServerProcess | undefined;
  stop(): Promise<void>;
}

/** The servers that a secured Flink talks to, each on ports of localhost, with what is to be mounted for them. */
export class Lab {
  /** All CA certificates to trust are in its folder. */
  readonly ca: LabCa;
  readonly search = new Map<SearchKind, SearchServer>();
  readonly #options: LabOptions;
  readonly #password = randomBytes(18).toString("base64url");
  readonly #running: Server[] = [];
  #kdc: Kdc | undefined;
  #kafka: Kafka | undefined;
  #hdfs: Hdfs | undefined;

  private constructor(options: LabOptions) {
    this.#options = options;
    this.ca = new LabCa(this.mounted("ca"));
    this.#write("password", this.#password);
  }

  /** Starts all that is wanted, as much as possible at once. Whatever keeps one from starting, none stays. */
  static async start(options: LabOptions): Promise<Lab> {
    mkdirSync(options.folder, { recursive: true, mode: 0o755 });
    const lab = new Lab(options);
    const kinds = searchKinds.filter((kind) => options.servers.includes(kind));
    const results = await Promise.allSettled([lab.#startKerberos(), ...kinds.map((kind) => lab.#startSearch(kind))]);
    const failure = results.find((result) => result.status === "rejected");
    if (failure === undefined) return lab;
    await lab.stop();
    throw failure.reason;
  }

  /** A path of what a container gets mounted. */
  mounted(name: string): string {
    return join(this.#options.folder, "mounted", name);
  }

  get kdc(): Kdc {
    return present(this.#kdc, "KDC");
  }

  get kafka(): Kafka {
    return present(this.#kafka, "Kafka");
  }

  get hdfs(): Hdfs {
    return present(this.#hdfs, "HDFS");
  }

  /** What a container has in its environment to reach all that is running; of Kafka, the listener SASL_SSL with Kerberos. */
  get variables(): Readonly<Record<string, string>> {
    const { ca } = this;
    return {
      ...(this.#kdc && {
        KERBEROS_ENABLED: "true",
        KERBEROS_REALM: this.#kdc.realm,
        KERBEROS_KDC: `localhost:${this.#kdc.port}`,
        KERBEROS_KEYTAB: this.mounted("kerberos/krb5.keytab"),
      }),
      ...(this.#kafka && {
        KAFKA_BOOTSTRAP_SERVERS: this.#kafka.bootstrap("SASL_SSL"),
        KAFKA_KERBEROS_ENABLED: "true",
        KAFKA_SSL_ENABLED: "true",
        KAFKA_SSL_CA_DIR: ca.folder,
      }),
      ...(this.#hdfs && { HDFS_KERBEROS_ENABLED: "true", HDFS_DEFAULT_FS: this.#hdfs.url }),
      ...Object.assign({}, ...[...this.search].map((entry) => this.#searchVariables(...entry))),
    };
  }

  #searchVariables(kind: SearchKind, { url }: SearchServer): Record<string, string> {
    const service = kind.startsWith("elasticsearch") ? "ELASTICSEARCH" : "OPENSEARCH";
    return {
      [`${service}_HOSTS`]: url,
      [`${service}_SSL_ENABLED`]: "true",
      [`${service}_SSL_CA_DIR`]: this.ca.folder,
      [`${service}_USERNAME`]: "flink",
      [`${service}_PASSWORD_FILE`]: this.mounted("password"),
    };
  }

  async #startKerberos(): Promise<void> {
    const { servers, folder, ticketLifetime, outlives = false } = this.#options;
    if (!["kdc", "kafka", "hdfs"].some((name) => servers.includes(name as ServerName))) return;
    const kdc = this.#add("kdc", await Kdc.start({ folder: join(folder, "kdc"), outlives }));
    this.#kdc = kdc;
    await kdc.addPrincipal("flink", ...(ticketLifetime === undefined ? [] : ["-maxlife", `${ticketLifetime} seconds`]));
    mkdirSync(this.mounted("kerberos"), { recursive: true });
    await kdc.keytab(this.mounted("kerberos/krb5.keytab"), "flink");
    const results = await Promise.allSettled([
      ...(servers.includes("kafka") ? [this.#startKafka(kdc)] : []),
      ...(servers.includes("hdfs") ? [this.#startHdfs(kdc)] : []),
    ]);
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  async #startKafka(kdc: Kdc): Promise<void> {
    const { folder, outlives = false } = this.#options;
    const principal = `kafka/localhost@${kdc.realm}`;
    const keytab = await kdc.addWithKeytab(join(folder, "kafka.keytab"), principal);
    const kerberos = { krb5Conf: kdc.krb5Conf, keytab, principal };
    const certificate = this.ca.issue(join(folder, "kafka-certificate"));
    const users = { flink: this.#password };
    const kafka = await Kafka.start({ folder: join(folder, "kafka"), kerberos, certificate, users, outlives });
    this.#kafka = this.#add("kafka", kafka);
  }

  async #startHdfs(kdc: Kdc): Promise<void> {
    const { folder, hdfsProperties: properties = {}, outlives = false } = this.#options;
    const certificate = this.ca.issue(join(folder, "hdfs-certificate"));
    const options = { folder: join(folder, "hdfs"), kdc, certificate, users: ["flink"], properties, outlives };
    this.#hdfs = this.#add("hdfs", await Hdfs.start(options));
  }

  async #startSearch(kind: SearchKind): Promise<void> {
    const { folder, outlives = false } = this.#options;
    const certificate = this.ca.issue(join(folder, `${kind}-certificate`));
    const options = { kind, folder: join(folder, kind), certificate, users: { flink: this.#password }, outlives };
    this.search.set(kind, this.#add(kind, await SearchServer.start(options)));
  }

  #add<T extends Server>(name: ServerName, server: T): T {
    this.#running.push(server);
    this.#options.onReady?.(name, server.process);
    return server;
  }

  #write(name: string, text: string): void {
    const path = this.mounted(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
  }

  /** Lets the servers go on when this process ends. */
  release(): void {
    for (const { process } of this.#running) process?.release();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((server) => server.stop()));
  }
}

function present<T>(server: T | undefined, name: string): T {
  if (server === undefined) throw new Error(`this lab has no ${name}`);
  return server;
}
