import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cachedFolder, cacheFolder } from "../test/support/cached-folder.ts";
import { mavenZip } from "./maven.ts";

/** Which search servers there are: each the last of its line when this was written. */
export const searchKinds = ["elasticsearch-6", "elasticsearch-7", "elasticsearch-8", "opensearch-2"] as const;

export type SearchKind = (typeof searchKinds)[number];

/** Distributions with TLS and users; those for integration tests have nothing else, and are a third of the whole. */
const elasticsearch = {
  "elasticsearch-6": "org.elasticsearch.distribution.zip:elasticsearch:6.8.23",
  "elasticsearch-7": "org.elasticsearch.distribution.integ-test-zip:elasticsearch:7.17.29",
  "elasticsearch-8": "org.elasticsearch.distribution.integ-test-zip:elasticsearch:8.19.21",
} as const;

const opensearchVersion = "2.19.4";

/** The folder of an installation, which only its owner can change. */
export function searchHome(kind: SearchKind): Promise<string> {
  return kind === "opensearch-2" ? opensearchHome() : mavenZip(elasticsearch[kind]);
}

/** OpenSearch with its security plugin, which its distribution of Maven Central lacks. */
async function opensearchHome(): Promise<string> {
  const isWhole = (folder: string) => existsSync(folder);
  const name = `opensearch-secured-${opensearchVersion}`;
  return cachedFolder(cacheFolder(process.env), name, isWhole, async (work) => {
    const [server, plugin] = await Promise.all([
      mavenZip(`org.opensearch.distribution.integ-test-zip:opensearch:${opensearchVersion}`),
      mavenZip(`org.opensearch.plugin:opensearch-security:${opensearchVersion}.0`),
    ]);
    const home = join(work, "home");
    const options = { recursive: true } as const;
    cpSync(server, home, options);
    mkdirSync(join(home, "plugins"), { recursive: true });
    cpSync(plugin, join(home, "plugins", "opensearch-security"), options);
    cpSync(join(plugin, "config"), join(home, "config", "opensearch-security"), options);
    return home;
  });
}
