import { readFileSync, writeFileSync } from "node:fs";
import { Kdc } from "../../../lab/kdc.ts";
import { readKeytabKeys } from "../../../src/formats/kerberos/keytab.ts";
import { type KeytabKey, writeKeytab } from "../../support/keytabs.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

type Env = Readonly<Record<string, string>>;

/** A KDC that knows `flink`, whose keytab is mounted. */
export class KerberosLab {
  readonly folder: TemporaryFolder;
  readonly kdc: Kdc;
  readonly keytab: string;
  #count = 0;

  private constructor(folder: TemporaryFolder, kdc: Kdc, keytab: string) {
    this.folder = folder;
    this.kdc = kdc;
    this.keytab = keytab;
  }

  static async start(): Promise<KerberosLab> {
    const folder = temporaryFolder();
    const kdc = await Kdc.start({ folder: folder.at("kdc") });
    return new KerberosLab(folder, kdc, await kdc.addWithKeytab(folder.at("flink.keytab"), "flink"));
  }

  async stop(): Promise<void> {
    await this.kdc.stop();
    this.folder[Symbol.dispose]();
  }

  /** All is well with this, but for what is changed. */
  env(changes: Env = {}): Env {
    return {
      SLUICE_RUN_DIR: this.folder.at("run"),
      KERBEROS_ENABLED: "true",
      KERBEROS_REALM: this.kdc.realm,
      KERBEROS_KDC: `127.0.0.1:${this.kdc.port}`,
      KERBEROS_KEYTAB: this.keytab,
      KERBEROS_PRINCIPAL: "flink",
      ...changes,
    };
  }

  /** A file of its own in the folder. */
  file(content: string | Uint8Array): string {
    const path = this.folder.at(`file-${++this.#count}`);
    writeFileSync(path, content);
    return path;
  }

  /** With flink's keytab changed. */
  withKeytab(change: (bytes: Buffer) => string | Uint8Array): Env {
    return this.env({ KERBEROS_KEYTAB: this.file(change(readFileSync(this.keytab))) });
  }

  /** With flink's keys changed, each with its real key. */
  withKeys(change: (key: KeytabKey) => KeytabKey): Env {
    return this.withKeytab((bytes) => {
      const keys = readKeytabKeys(bytes).map(({ written: _written, ...key }) => change(key));
      return writeKeytab(keys);
    });
  }

  /** With a principal of its own, to whom something is done after its keytab was written. */
  async withPrincipal(name: string, change: (name: string) => Promise<unknown>, ...options: string[]): Promise<Env> {
    await this.kdc.addPrincipal(name, ...options);
    const keytab = await this.kdc.keytab(this.folder.at(`${name}.keytab`), name);
    await change(name);
    return this.env({ KERBEROS_KEYTAB: keytab, KERBEROS_PRINCIPAL: name });
  }
}
