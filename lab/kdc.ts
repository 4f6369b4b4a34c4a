import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { freePorts } from "../testkit/free-ports.ts";
import { type Krb5Programs, krb5Programs } from "./krb5-programs.ts";
import { kdcConf, type KdcConfiguration, kdcLog, krb5Conf } from "./kdc-configuration.ts";
import { isListening } from "./listening.ts";
import { ServerProcess } from "./server-process.ts";

export interface KdcOptions extends Pick<KdcConfiguration, "ticketLifetime" | "udp" | "encryptionTypes"> {
  /** For the KDC alone; made when it is not there. */
  readonly folder: string;
  readonly realm?: string;
  /** Further variables of its process, such as those of faketime. */
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of those that the machine has. */
  readonly programs?: Krb5Programs;
  readonly outlives?: boolean;
}

/** An MIT KDC on 127.0.0.1 with a database of its own. */
export class Kdc {
  readonly realm: string;
  readonly port: number;
  /** A krb5.conf by which MIT's programs and servers in Java find this KDC. */
  readonly krb5Conf: string;
  readonly programs: Krb5Programs;
  readonly #options: KdcOptions;
  #process: ServerProcess | undefined;

  private constructor(options: KdcOptions, programs: Krb5Programs, port: number) {
    this.realm = options.realm ?? "LAB.EXAMPLE";
    this.port = port;
    this.krb5Conf = join(options.folder, "krb5.conf");
    this.programs = programs;
    this.#options = options;
  }

  /** Makes the database and starts the KDC. Throws NotAvailable without MIT Kerberos. */
  static async start(options: KdcOptions): Promise<Kdc> {
    const [programs, [port = 0]] = await Promise.all([options.programs ?? krb5Programs(), freePorts(1)]);
    const kdc = new Kdc(options, programs, port);
    mkdirSync(options.folder, { recursive: true });
    const { realm } = kdc;
    const { databaseModules } = programs;
    const configuration = { ...options, realm, host: "127.0.0.1", port, databaseModules };
    writeFileSync(kdc.krb5Conf, krb5Conf(configuration));
    writeFileSync(join(options.folder, "kdc.conf"), kdcConf(configuration));
    await kdc.#run(programs.kdb5_util, ["create", "-s"], `${kdc.#masterPassword}\n${kdc.#masterPassword}\n`);
    await kdc.resume();
    return kdc;
  }

  readonly #masterPassword = randomBytes(24).toString("base64url");

  /** `flink` and `flink@LAB.EXAMPLE` are the same. Options are kadmin's, such as `-maxlife 60s`. */
  async addPrincipal(name: string, ...options: readonly string[]): Promise<void> {
    await this.kadmin("addprinc", "-randkey", ...options, name);
  }

  /** Writes the keys of principals into a keytab anew. */
  async keytab(path: string, ...principals: readonly string[]): Promise<string> {
    rmSync(path, { force: true });
    await this.kadmin("ktadd", "-norandkey", "-k", path, ...principals);
    return path;
  }

  /** Adds principals and writes their keys into a keytab. */
  async addWithKeytab(path: string, ...principals: readonly string[]): Promise<string> {
    for (const principal of principals) await this.addPrincipal(principal);
    return this.keytab(path, ...principals);
  }

  /** Gives a principal a new key, which makes its keytabs stale. */
  async changeKey(name: string, ...options: readonly string[]): Promise<void> {
    await this.kadmin("cpw", "-randkey", ...options, name);
  }

  /** Runs one command of kadmin.local, and returns what it says. Throws what it refuses. */
  async kadmin(...query: readonly string[]): Promise<string> {
    const { stdout, stderr } = await this.#run(this.programs["kadmin.local"], query);
    // Some failures end with 0.
    if (/ while |does not exist/.test(stderr)) throw new Error(`kadmin ${query.join(" ")}: ${stderr}`);
    return stdout;
  }

  #run(command: string, args: readonly string[], input = "") {
    return execa(command, args, { env: this.#environment(), input });
  }

  #environment(): Record<string, string> {
    const { folder, env } = this.#options;
    return { ...env, KRB5_CONFIG: this.krb5Conf, KRB5_KDC_PROFILE: join(folder, "kdc.conf") };
  }

  /** When a principal was given a ticket to ask for others with, in milliseconds since 1970, as the KDC's log has it. */
  logins(name: string): readonly number[] {
    const log = readFileSync(kdcLog(this.#options.folder), "utf8");
    const issued = / AS_REQ .* ISSUE: authtime (\d+), .* (\S+)@\S+ for krbtgt\//g;
    return [...log.matchAll(issued)].filter(([, , client]) => client === name).map(([, time]) => Number(time) * 1000);
  }

  /** The process that is running now. */
  get process(): ServerProcess | undefined {
    return this.#process;
  }

  /** Ends the KDC and keeps its database and port: connections to it are refused. */
  async pause(): Promise<void> {
    await this.#process?.stop();
    this.#process = undefined;
  }

  /** Starts it again on its port. */
  async resume(): Promise<void> {
    const { folder, outlives } = this.#options;
    this.#process ??= await ServerProcess.start(
      {
        name: "the KDC",
        command: this.programs.krb5kdc,
        args: ["-n"],
        env: this.#environment(),
        cwd: folder,
        log: join(folder, "krb5kdc.out"),
        outlives,
      },
      () => isListening(this.port),
    );
  }

  async stop(): Promise<void> {
    await this.pause();
  }
}
