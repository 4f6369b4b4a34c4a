import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { cachedFolder, cacheFolder } from "../test/support/cached-folder.ts";
import { NotAvailable } from "../test/support/flink-home.ts";
import { withProgress } from "../test/support/progress.ts";

const plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1";

/**
 * A folder with jars and all that they need at run time, from Maven Central, or from the cache without asking it. Artifacts are
 * written `group:name:version`; with `alone`, nothing is added to them.
 * @throws NotAvailable without Maven or the network.
 */
export async function mavenJars(
  name: string,
  artifacts: readonly string[],
  { alone = false }: { readonly alone?: boolean } = {},
): Promise<string> {
  const digest = createHash("sha256").update(`${artifacts.join()} ${alone}`).digest("hex").slice(0, 8);
  const isWhole = (folder: string) => existsSync(folder);
  return cachedFolder(cacheFolder(process.env), `jars-${name}-${digest}`, isWhole, async (work) => {
    const jars = join(work, "jars");
    mkdirSync(jars);
    writeFileSync(join(work, "pom.xml"), pom(artifacts));
    const only = alone ? ["-DexcludeTransitive=true"] : [];
    const goal = [`${plugin}:copy-dependencies`, "-DincludeScope=runtime", `-DoutputDirectory=${jars}`, ...only];
    await maven(`fetching the jars of ${name} from Maven Central`, work, goal);
    return jars;
  });
}

/** An artifact that is a zip file, unpacked into a folder of the cache: `group:name:version`. Its programs can be run. */
export async function mavenZip(artifact: string): Promise<string> {
  const [, name, version] = artifact.split(":");
  const isWhole = (folder: string) => existsSync(folder);
  return cachedFolder(cacheFolder(process.env), `${name}-${version}`, isWhole, async (work) => {
    const goal = [`${plugin}:copy`, `-Dartifact=${artifact}:zip`, `-DoutputDirectory=${work}`];
    await maven(`fetching ${name} ${version} from Maven Central`, work, goal);
    const zip = readdirSync(work).find((file) => file.endsWith(".zip")) ?? "";
    const unpacked = join(work, "unpacked");
    await execa("sh", ["-c", 'umask 022; exec python3 -m zipfile -e "$@"', "sh", join(work, zip), unpacked]);
    const [top = "", ...others] = readdirSync(unpacked);
    const whole = others.length === 0 ? join(unpacked, top) : unpacked;
    // Which files can be run is forgotten by Python's module, as by Java's.
    const files = readdirSync(whole, { recursive: true, encoding: "utf8" });
    for (const file of files.filter((path) => /(^|\/)bin\//.test(path))) chmodSync(join(whole, file), 0o755);
    return whole;
  });
}

async function maven(what: string, cwd: string, args: readonly string[]): Promise<void> {
  const command = 'umask 022; exec mvn --batch-mode --no-transfer-progress "$@"';
  try {
    await withProgress(what, () => execa("sh", ["-c", command, "sh", ...args], { cwd, stdin: "ignore" }));
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const output = `${error.stdout}\n${error.stderr}`;
    if (error.exitCode === 127) {
      throw new NotAvailable("mvn is not on PATH", "install Maven (Debian: apt install maven)", { cause: error });
    }
    const first = output.split("\n").find((line) => line.startsWith("[ERROR]")) ?? output.trim();
    throw new NotAvailable(`${what}: ${first}`, "check the network and Maven's settings", { cause: error });
  }
}

function pom(artifacts: readonly string[]): string {
  const dependencies = artifacts.map((artifact) => {
    const [group, name, version] = artifact.split(":");
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion><groupId>lab</groupId><artifactId>lab</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
${dependencies.join("\n")}
</dependencies>
</project>
`;
}
