import { LabCa } from "../../../lab/certificates.ts";
import { type AccessKey, MotoServer } from "../../../lab/moto.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

type Env = Readonly<Record<string, string>>;

/** A store with the API of S3, with TLS. Its certificate has the name localhost. */
export class S3Lab {
  readonly folder: TemporaryFolder;
  readonly server: MotoServer;
  readonly ca: LabCa;
  readonly foreignCa: LabCa;

  private constructor(folder: TemporaryFolder, server: MotoServer, ca: LabCa) {
    this.folder = folder;
    this.server = server;
    this.ca = ca;
    this.foreignCa = new LabCa(folder.at("foreign-ca"), "Foreign CA");
  }

  static async start(): Promise<S3Lab> {
    const folder = temporaryFolder();
    const ca = new LabCa(folder.at("ca"));
    const certificate = ca.issue(folder.at("certificate"), { ip: [] });
    return new S3Lab(folder, await MotoServer.start({ folder: folder.at("moto"), certificate }, "state"), ca);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.folder[Symbol.dispose]();
  }

  /** All is well with this, but for what is changed. */
  env(changes: Env = {}, properties: Env = {}, key: AccessKey = this.server.user): Env {
    const conf = {
      "execution.checkpointing.dir": "s3://state/flink/checkpoints",
      "s3.endpoint": this.server.url,
      "s3.path.style.access": "true",
      "s3.access-key": key.id,
      "s3.secret-key": "${S3_SECRET}",
      ...properties,
    };
    return {
      SLUICE_RUN_DIR: this.folder.at("run"),
      S3_SSL_ENABLED: "true",
      S3_SSL_CA_DIR: this.ca.folder,
      S3_SECRET: key.secret,
      FLINK_PROPERTIES: Object.entries(conf)
        .map(([name, value]) => `${name}: ${value}\n`)
        .join(""),
      ...changes,
    };
  }
}
