import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LabCa } from "../../lab/certificates.ts";
import { SearchServer } from "../../lab/search.ts";
import { type SearchKind, searchKinds } from "../../lab/search-homes.ts";
import { runSluice, type SluiceResult } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";

const kinds: readonly SearchKind[] =
  process.env["SLUICE_TEST_FULL"] === "1" ? searchKinds : ["elasticsearch-8", "opensearch-2"];
const password = 'p;a"s s\\w=ö#rd';
const probe = join(import.meta.dirname, "../support/java/SearchProbe.java");

describe("a Java client with the properties that sluice renders", () => {
  let folder: TemporaryFolder;
  let ca: LabCa;
  let otherCa: LabCa;
  const servers = new Map<SearchKind, SearchServer>();

  beforeAll(async () => {
    folder = temporaryFolder();
    ca = new LabCa(folder.at("ca"));
    otherCa = new LabCa(folder.at("other-ca"), "Other CA");
    const certificate = ca.issue(folder.at("certificate"));
    const start = async (kind: SearchKind) => {
      const options = { kind, folder: folder.at(kind), certificate, users: { flink: password } };
      servers.set(kind, await SearchServer.start(options));
    };
    const results = await Promise.allSettled(kinds.map(start));
    for (const result of results) if (result.status === "rejected") throw result.reason;
  });
  afterAll(async () => {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    folder?.[Symbol.dispose]();
  });

  describe.each(kinds)("of %s", (kind) => {
    const service = kind.startsWith("elasticsearch") ? "ELASTICSEARCH" : "OPENSEARCH";

    function runProbe(trusted: LabCa, secret: string): Promise<SluiceResult> {
      const env = {
        SLUICE_RUN_DIR: folder.at("run"),
        [`${service}_HOSTS`]: servers.get(kind)?.url ?? "",
        [`${service}_SSL_ENABLED`]: "true",
        [`${service}_SSL_CA_DIR`]: trusted.folder,
        [`${service}_USERNAME`]: "flink",
        [`${service}_PASSWORD`]: secret,
      };
      const line = `exec java '${probe}' "$${service}_CLIENT_PROPERTIES" 'from sluice'`;
      return runSluice(["run", "sh", "-c", line], { env });
    }

    it("writes a document and reads it", async () => {
      const { exitCode, stdout, stderr } = await runProbe(ca, password);
      expect(exitCode, stderr).toBe(0);
      expect(stdout).toMatch(/^put 20[01]\n/);
      expect(stdout).toContain('"title":"from sluice"');
    });

    it("is not let in with another password", async () => {
      expect((await runProbe(ca, "wrong")).stdout).toMatch(/^put 401\n/);
    });

    it("does not trust the server by another CA", async () => {
      const { exitCode, stderr } = await runProbe(otherCa, password);
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain("PKIX path building failed");
    });
  });
});
