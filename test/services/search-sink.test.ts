import { createHash } from "node:crypto";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LabCa } from "../../lab/certificates.ts";
import { compileJava, smallJvm } from "../../lab/java.ts";
import { SearchServer } from "../../lab/search.ts";
import { type SearchKind, searchKinds } from "../../lab/search-homes.ts";
import { flinkHome } from "../support/flink-home.ts";
import { withProgress } from "../support/progress.ts";
import { runSluice, type SluiceResult } from "../support/run-sluice.ts";
import { indexedDocuments, type SearchAccess } from "../support/search-index.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";

/** The pipeline's own test writes to Elasticsearch 7. */
const kinds: readonly SearchKind[] = process.env["SLUICE_TEST_FULL"] === "1" ? searchKinds : ["opensearch-2"];
const password = 'p;a"s s\\w=ö#rd';
const java = join(import.meta.dirname, "../../java");
const source = join(import.meta.dirname, "../support/java/SearchSinkJob.java");

beforeAll(async () => {
  const args = ["-B", "-ntp", "-q", "-DskipTests", "-pl", "search-sink", "-am", "package"];
  await withProgress("building the search sink with Maven", () => execa("mvn", args, { cwd: java }));
});

describe.each(kinds)("the search sink and %s", (kind) => {
  let folder: TemporaryFolder;
  let server: SearchServer | undefined;
  let access: SearchAccess;
  let run: SluiceResult;

  beforeAll(async () => {
    folder = temporaryFolder();
    const ca = new LabCa(folder.at("ca"));
    const certificate = ca.issue(folder.at("certificate"));
    server = await SearchServer.start({
      kind,
      folder: folder.at("server"),
      certificate,
      users: { flink: password },
      longestRequest: "1mb",
    });
    access = { url: server.url, ca: ca.pem, user: "flink", password };
    const service = kind.startsWith("elasticsearch") ? "ELASTICSEARCH" : "OPENSEARCH";
    const env = {
      SLUICE_RUN_DIR: folder.at("run"),
      [`${service}_HOSTS`]: server.url,
      [`${service}_SSL_ENABLED`]: "true",
      [`${service}_SSL_CA_DIR`]: ca.folder,
      [`${service}_USERNAME`]: "flink",
      [`${service}_PASSWORD`]: password,
    };
    const jars = [join(java, "search-sink/target/search-sink-0.1.0.jar"), join(await flinkHome("2.3.0"), "lib/*")];
    const classes = await compileJava(source, folder.at("classes"), ...jars);
    const opens = "--add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED";
    const jvm = `${smallJvm.join(" ")} -Xmx512m ${opens} -cp '${[classes, ...jars].join(":")}'`;
    const job = `exec java ${jvm} SearchSinkJob ${service}`;
    run = await withProgress("running the job", () => runSluice(["run", "sh", "-c", job], { env }));
  });
  afterAll(async () => {
    await server?.stop();
    folder?.[Symbol.dispose]();
  });

  async function rejected(): Promise<readonly { readonly id: string }[]> {
    return [...(await indexedDocuments(access, "rejected")).values()] as { id: string }[];
  }

  it("finish a job, and say no password", () => {
    expect(run.exitCode, run.stdout + run.stderr).toBe(0);
    expect(run.stdout + run.stderr).not.toContain(password);
  });

  it("keep the newest version of each document", async () => {
    const newest = Array.from({ length: 1000 }, (_, id) => [String(id), { n: 3 }] as const);
    expect(await indexedDocuments(access, "numbers")).toEqual(new Map(newest));
  });

  it("put what the server rejects into the dead-letter index, with the reason", async () => {
    const letters = await rejected();
    const poison = { index: "numbers", id: "poison", version: 1, source: '{"n":"no number"}' };
    expect(letters.filter(({ id }) => id === "poison")).toMatchObject([poison]);
    expect(JSON.stringify(letters)).toContain("failed to parse field [n] of type [long]");
  });

  it("put what is too large there, with the start of its source", async () => {
    const letters = await rejected();
    const text = `{"text":"${"x".repeat(3_000_000)}"}`;
    const sourceSha256 = createHash("sha256").update(text).digest("hex");
    const large = { id: "huge", version: 5, sourceBytes: text.length, sourceSha256, source: text.slice(0, 8192) };
    expect(letters.filter(({ id }) => id === "huge")).toMatchObject([large]);
  });
});
