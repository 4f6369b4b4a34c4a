import { LabCa } from "../../../lab/certificates.ts";
import { Hdfs } from "../../../lab/hdfs.ts";
import { Kdc } from "../../../lab/kdc.ts";
import { KerberosLab } from "./kerberos-lab.ts";

type Env = Readonly<Record<string, string>>;

const withoutKerberos = {
  "hadoop.security.authentication": "simple",
  "hadoop.security.authorization": "false",
  "hadoop.rpc.protection": "authentication",
  "dfs.block.access.token.enable": "false",
  "dfs.data.transfer.protection": "",
};

/** A KDC, and an HDFS with Kerberos. */
export class HdfsLab {
  readonly kerberos: KerberosLab;
  readonly hdfs: Hdfs;

  private constructor(kerberos: KerberosLab, hdfs: Hdfs) {
    this.kerberos = kerberos;
    this.hdfs = hdfs;
  }

  static async start(): Promise<HdfsLab> {
    const kerberos = await KerberosLab.start();
    const { folder, kdc } = kerberos;
    const certificate = new LabCa(folder.at("ca")).issue(folder.at("hdfs-certificate"));
    return new HdfsLab(kerberos, await Hdfs.start({ folder: folder.at("hdfs"), kdc, certificate }));
  }

  async stop(): Promise<void> {
    await this.hdfs.stop();
    await this.kerberos.stop();
  }

  /** Another HDFS, without Kerberos. */
  async startSimple(): Promise<{ readonly url: string; stop(): Promise<void> }> {
    const { folder } = this.kerberos;
    // It has principals like the first, and never uses them.
    const kdc = await Kdc.start({ folder: folder.at("simple-kdc") });
    const certificate = new LabCa(folder.at("simple-ca")).issue(folder.at("simple-certificate"));
    const hdfs = await Hdfs.start({ folder: folder.at("simple-hdfs"), kdc, certificate, properties: withoutKerberos });
    return {
      url: hdfs.url,
      stop: async () => {
        await hdfs.stop();
        await kdc.stop();
      },
    };
  }

  /** `localhost:port` of the NameNode. */
  get address(): string {
    return this.hdfs.url.replace("hdfs://", "");
  }

  env(changes: Env = {}): Env {
    return this.kerberos.env({ HDFS_KERBEROS_ENABLED: "true", HDFS_DEFAULT_FS: this.hdfs.url, ...changes });
  }
}
