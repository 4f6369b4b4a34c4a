import { LabCa } from "../../../lab/certificates.ts";
import { SearchServer } from "../../../lab/search.ts";
import { planted } from "../../support/planted.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

type Env = Readonly<Record<string, string>>;

/** An Elasticsearch with TLS. Its certificate has the name localhost, and no address. */
export class SearchLab {
  readonly folder: TemporaryFolder;
  readonly server: SearchServer;
  readonly ca: LabCa;
  readonly foreignCa: LabCa;

  private constructor(folder: TemporaryFolder, server: SearchServer, ca: LabCa) {
    this.folder = folder;
    this.server = server;
    this.ca = ca;
    this.foreignCa = new LabCa(folder.at("foreign-ca"), "Foreign CA");
  }

  static async start(): Promise<SearchLab> {
    const folder = temporaryFolder();
    const ca = new LabCa(folder.at("ca"));
    const certificate = ca.issue(folder.at("certificate"), { ip: [] });
    const users = { flink: `${planted}-right` };
    const server = await SearchServer.start({
      kind: "elasticsearch-7",
      folder: folder.at("server"),
      certificate,
      users,
    });
    return new SearchLab(folder, server, ca);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.folder[Symbol.dispose]();
  }

  /** All is well with this, but for what is changed. */
  env(changes: Env = {}): Env {
    return {
      SLUICE_RUN_DIR: this.folder.at("run"),
      ELASTICSEARCH_HOSTS: this.server.url,
      ELASTICSEARCH_USERNAME: "flink",
      ELASTICSEARCH_PASSWORD: `${planted}-right`,
      ELASTICSEARCH_SSL_ENABLED: "true",
      ELASTICSEARCH_SSL_CA_DIR: this.ca.folder,
      ...changes,
    };
  }

  /** Without TLS. */
  plain(host: string): Env {
    return this.env({ ELASTICSEARCH_HOSTS: host, ELASTICSEARCH_SSL_ENABLED: "", ELASTICSEARCH_SSL_CA_DIR: "" });
  }
}
