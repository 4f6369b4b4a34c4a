import { chownSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { freePorts } from "../testkit/free-ports.ts";
import { canBecomeAnother, type User } from "../testkit/user.ts";
import type { CertificateFiles } from "./certificates.ts";
import { javaHome } from "./java.ts";
import { writeSearchConfiguration } from "./search-configuration.ts";
import { type SearchKind, searchHome } from "./search-homes.ts";
import { Restartable } from "./restartable.ts";
import { ServerProcess } from "./server-process.ts";

export interface SearchOptions {
  readonly kind: SearchKind;
  /** For the server alone; made when it is not there. Others than root have to be able to enter what it is in. */
  readonly folder: string;
  readonly certificate: CertificateFiles;
  /** Passwords by name. */
  readonly users: Readonly<Record<string, string>>;
  /** Bytes of the longest request, such as `1mb`; the server's default is 100 MB. */
  readonly longestRequest?: string;
  readonly outlives?: boolean;
}

/** Elasticsearch and OpenSearch refuse to run as root, and then run as nobody. */
const nobody: User = { uid: 65_534, gid: 65_534 };

/** An Elasticsearch or OpenSearch of one node, with TLS and basic authentication, on a port of localhost. */
export class SearchServer extends Restartable {
  readonly url: string;
  readonly #options: SearchOptions;
  readonly #home: string;
  readonly #conf: string;

  private constructor(options: SearchOptions, home: string, conf: string, port: number) {
    super();
    this.url = `https://localhost:${port}`;
    this.#options = options;
    this.#home = home;
    this.#conf = conf;
  }

  static async start(options: SearchOptions): Promise<SearchServer> {
    const { kind, folder, certificate, users, longestRequest } = options;
    const [home, [httpPort = 0, transportPort = 0]] = await Promise.all([searchHome(kind), freePorts(2)]);
    for (const name of ["data", "logs", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
    const conf = await writeSearchConfiguration({
      kind,
      home,
      folder,
      httpPort,
      transportPort,
      certificate,
      users,
      longestRequest,
    });
    if (canBecomeAnother()) giveAway(folder, nobody);
    const server = new SearchServer(options, home, conf, httpPort);
    await server.restart();
    return server;
  }

  protected launch(): Promise<ServerProcess> {
    const { kind, folder, outlives } = this.#options;
    const prefix = kind === "opensearch-2" ? "OPENSEARCH" : "ES";
    const heap = kind === "elasticsearch-6" || kind === "opensearch-2" ? "256m" : "512m";
    return ServerProcess.start(
      {
        name: kind,
        command: join(this.#home, "bin", kind === "opensearch-2" ? "opensearch" : "elasticsearch"),
        args: [],
        env: {
          [`${prefix}_PATH_CONF`]: this.#conf,
          [`${prefix}_TMPDIR`]: join(folder, "tmp"),
          [`${prefix}_JAVA_OPTS`]: `-Xms${heap} -Xmx${heap} -XX:TieredStopAtLevel=1 -XX:-UsePerfData`,
          JAVA_HOME: javaHome(),
          [`${prefix}_JAVA_HOME`]: javaHome(),
        },
        cwd: folder,
        log: join(folder, "server.log"),
        user: canBecomeAnother() ? nobody : undefined,
        outlives,
      },
      async () => (await this.status(Object.keys(this.#options.users)[0] ?? "")) === 200,
    );
  }

  /** The HTTP status that a user gets for the state of the cluster; undefined where nothing answers. */
  status(user: string, password = this.#options.users[user] ?? ""): Promise<number | undefined> {
    const { certificate } = this.#options;
    const options = { auth: `${user}:${password}`, ca: readFileSync(certificate.ca), agent: false, timeout: 5000 };
    return new Promise((resolve) => {
      const asked = request(`${this.url}/_cluster/health`, options, (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode));
      });
      asked.once("timeout", () => asked.destroy());
      asked.once("error", () => resolve(undefined));
      asked.end();
    });
  }
}

function giveAway(folder: string, { uid, gid }: User): void {
  chownSync(folder, uid, gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    chownSync(join(folder, name), uid, gid);
}
