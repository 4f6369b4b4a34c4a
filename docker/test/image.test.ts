import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createGzip } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildBinary } from "../../scripts/build-binary.ts";
import { flinkHome } from "../../test/support/flink-home.ts";
import { flinkVersions } from "../../test/support/flink-versions.ts";
import { type TemporaryFolder, temporaryFolder } from "../../test/support/temporary-folder.ts";
import { buildWordCount, copyText, parseCounts, type WordCounts } from "../../test/support/word-count.ts";
import { terminated } from "../../test/support/terminated.ts";
import { Engine, findEngine } from "./engine.ts";
import { ImageCluster, type Mounts, type Seen } from "./image-cluster.ts";
import { makeSecrets } from "./mounts.ts";
import { effectiveUser, rows } from "./rows.ts";

/** All of them with `npm run test:image -- --full`: the older one's image starts as root. */
const versions = process.env["SLUICE_TEST_FULL"] === "1" ? flinkVersions : [flinkVersions[0]];
const roles = ["jobManager", "taskManager"] as const;
const found = await findEngine();
const engine = found ?? new Engine("podman");

beforeEach((context) => {
  if (found === undefined) context.skip("neither podman nor docker answers; start one of them");
});

describe.each(versions)("the image of Flink %s", (version) => {
  const image = `localhost/sluice-image-test:${version}-${process.pid}`;
  let folder: TemporaryFolder;
  let mounts: Mounts;
  let expected: WordCounts;

  beforeAll(async () => {
    if (found === undefined) return;
    folder = temporaryFolder();
    await buildBinary(folder.at("context", "sluice"), process.arch);
    const dockerfile = join(import.meta.dirname, "../Dockerfile");
    const options = ["--network=host", `--build-arg=FLINK_VERSION=${version}`, "--file", dockerfile, "--tag", image];
    await engine.run(["build", ...options, folder.at("context")]);
    const { counts } = copyText(folder.at("text"));
    expected = counts;
    const jar = await buildWordCount(await flinkHome(version), folder.path);
    mounts = { secrets: makeSecrets(folder.at("certs")), jar, text: folder.at("text") };
  });
  afterAll(async () => {
    if (found !== undefined) await engine.try(["rmi", "--force", image]);
    folder?.[Symbol.dispose]();
  });

  it("adds at most 55 MB to what is pulled", async () => {
    let bytes = 0;
    for await (const chunk of createReadStream(folder.at("context", "sluice")).pipe(createGzip())) {
      bytes += (chunk as Buffer).length;
    }
    expect(bytes).toBeLessThan(55e6);
  });

  it("has an entrypoint that any user can run, its help as default, and the base image's user", async () => {
    const { stdout, stderr, exitCode } = await engine.try(["run", "--rm", "--network=none", image]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("docker run IMAGE jobmanager");
    const user = ["image", "inspect", "--format={{.Config.User}}"];
    const base = `docker.io/library/flink:${version}-java17`;
    expect(await engine.run([...user, image])).toBe(await engine.run([...user, base]));
  });

  it.each(["jobmanager", "taskmanager"])("has a class-data archive for its own JVM: %s", async (command) => {
    const plan = await engine.run(["run", "--rm", "--network=none", image, "--dry-run", command]);
    expect(plan).toContain(`-XX:SharedArchiveFile=/opt/flink/cds/${command}.jsa`);
  });

  it.each([
    [0, ["true"]],
    [1, ["false"]],
    [2, ["sh", "-c", "exit 2"]],
    [64, ["--no-such-option"]],
    [127, ["no-such-command"]],
    [143, ["sh", "-c", "trap 'exit 143' TERM; kill -TERM $$"]],
  ])("ends with the exit code %i of %j", async (code, command) => {
    const { exitCode, stderr } = await engine.try(["run", "--rm", "--network=none", image, ...command]);
    expect(exitCode, stderr).toBe(code);
  });

  describe.each(rows)(
    "with $feature; JobManager: $jobManager.user, $jobManager.hardening; TaskManager: $taskManager.user, $taskManager.hardening",
    (row) => {
      let cluster: ImageCluster | undefined;
      let seen: Readonly<Record<(typeof roles)[number], Seen>>;
      let taskManagers = "";
      let counts: WordCounts;

      beforeAll(async () => {
        if (found === undefined) return;
        cluster = new ImageCluster(engine, image, row, mounts, `sluice-${process.pid}-${rows.indexOf(row)}`);
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
        }
        // Only a variable shows: a password belongs into a file.
        expect(inspect.includes(password)).toBe(row.feature === "TLS");
      });

      it.each(roles)("%s: trusts Kafka's CA where that is asked for", (role) => {
        const trusts = row.feature === "trust" || row.feature === "everything";
        expect(seen[role].log.includes("trust CN=Kafka CA for kafka")).toBe(trusts);
        expect(seen[role].argumentsAndEnvironment.includes("-Djavax.net.ssl.trustStore=")).toBe(trusts);
      });
    },
  );
});
