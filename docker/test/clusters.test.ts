import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flinkHome } from "../../test/support/flink-home.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { terminated } from "../../test/support/terminated.ts";
import { buildWordCount, copyText, parseCounts, type WordCounts } from "../../test/support/word-count.ts";
import { ImageCluster, type Mounts, type Seen } from "./image-cluster.ts";
import { makeSecrets } from "./mounts.ts";
import { effectiveUser, ownsFlinkHome, rowsOf } from "./rows.ts";
import { engine, hasEngine, imageOf, isFull, skipWithoutEngine, versions } from "./suite.ts";

const roles = ["jobManager", "taskManager"] as const;

skipWithoutEngine();

describe.each(versions)("Flink %s", (version) => {
  const rows = rowsOf[version][isFull ? "full" : "usual"];
  let folder: TemporaryFolder;
  let mounts: Mounts;
  let expected: WordCounts;

  beforeAll(async () => {
    if (!hasEngine) return;
    folder = temporaryFolder();
    const { counts } = copyText(folder.at("text"));
    expected = counts;
    const jar = await buildWordCount(await flinkHome(version), folder.path);
    mounts = { secrets: makeSecrets(folder.at("certs")), jar, text: folder.at("text") };
  });
  afterAll(() => folder?.[Symbol.dispose]());

  describe.each(rows)(
    "with $feature; JobManager: $jobManager.user, $jobManager.hardening; TaskManager: $taskManager.user, $taskManager.hardening",
    (row) => {
      let cluster: ImageCluster | undefined;
      let seen: Readonly<Record<(typeof roles)[number], Seen>>;
      let taskManagers = "";
      let counts: WordCounts;

      beforeAll(async () => {
        if (!hasEngine) return;
        const name = `${version.replaceAll(".", "-")}-${rows.indexOf(row)}`;
        cluster = new ImageCluster(engine, imageOf(version), row, mounts, name);
        await cluster.start();
        taskManagers = (await cluster.rest("/overview")).stdout;
        const cat = ["sh", "-c", "cat $(find /tmp/counts -name 'part-*')"];
        counts = parseCounts((await cluster.exec("taskManager", cat)).stdout);
        const taskManager = await cluster.end("taskManager");
        seen = { taskManager, jobManager: await cluster.end("jobManager") };
      });
      afterAll(() => cluster?.remove());

      it("has one TaskManager, and counts each word as it is counted without Flink", () => {
        expect(taskManagers).toContain('"taskmanagers":1');
        expect(counts).toEqual(expected);
      });

      it.each(roles)("%s: nothing but java, as the user it should be", (role) => {
        expect(seen[role].processes).toEqual(["java"]);
        expect(seen[role].user).toBe(effectiveUser(row[role]));
      });

      it.each(roles)("%s: ends on SIGTERM as the JVM does", (role) => {
        expect(role === "jobManager" ? terminated : [143], seen[role].log.slice(-2000)).toContain(seen[role].exitCode);
      });

      it.each(roles)(
        "%s: logs into Flink's own folder, or into the role folder where that cannot be written",
        (role) => {
          const [uid = ""] = effectiveUser(row[role]).split(":");
          const folderOfLogs = ownsFlinkHome(row[role])
            ? "/opt/flink/log/"
            : `/tmp/sluice-${uid}/${role.toLowerCase()}/log/`;
          expect(seen[role].logFile).toContain(folderOfLogs);
          expect(seen[role].logFileSize).toBeGreaterThan(0);
        },
      );

      it.each([
        ["jobManager", "0 jobmanager readiness: ok: "],
        ["taskManager", "0 taskmanager readiness: ok: registered"],
      ] as const)("%s: is healthy", (role, answer) => {
        expect(seen[role].health).toContain(answer);
      });

      it.each(roles)("%s: shows no secret", (role) => {
        const { argumentsAndEnvironment, configuration, inspect, log } = seen[role];
        const { password, all } = mounts.secrets;
        const rendered = [...configuration.matchAll(/password: *"?([^"\s]+)/g)].map(([, value = ""]) => value);
        const tls = row.feature === "TLS" || row.feature === "everything";
        expect(rendered.length > 0).toBe(tls);
        expect(argumentsAndEnvironment).toContain("FLINK_CONF_DIR=");
        expect(log).toContain("sluice: starting ");
        for (const secret of [...all, ...rendered]) {
          expect(`${argumentsAndEnvironment}${log}`.includes(secret)).toBe(false);
          // Only a variable shows: a password belongs into a file.
          expect(inspect.includes(secret)).toBe(row.feature === "TLS" && secret === password);
        }
      });

      it.each(roles)("%s: has the files that jobs reach Kafka and search with, where these are asked for", (role) => {
        const { clientFiles } = seen[role];
        const parts = [
          "bootstrap.servers=kafka.example.com",
          "planted-kafka",
          "planted-search",
          "kdc = kdc.example.com",
        ];
        expect(parts.map((part) => clientFiles.includes(part))).toEqual(parts.map(() => row.feature === "everything"));
      });

      it.each(roles)("%s: trusts Kafka's CA where that is asked for", (role) => {
        const trusts = row.feature === "trust" || row.feature === "everything";
        expect(seen[role].log.includes("trust CN=Kafka CA for kafka")).toBe(trusts);
        expect(seen[role].argumentsAndEnvironment.includes("-Djavax.net.ssl.trustStore=")).toBe(trusts);
      });
    },
  );
});
