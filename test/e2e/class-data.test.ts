import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { basename, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FlinkCluster } from "../support/flink-cluster.ts";
import { flinkHome } from "../support/flink-home.ts";
import { runSluice, type SluiceResult, startSluice } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { waitUntil } from "../../testkit/eventually.ts";

const saysOfArchives = /\[cds|\[aot|shared archive|shared class/i;

/** A jar that the test can touch without harm to other tests. */
const ownJar = /^log4j-1\.2-api-.*\.jar$/;

describe("sluice cds", () => {
  let folder: TemporaryFolder;
  let home: string;
  let env: Record<string, string>;
  let recorded: SluiceResult;

  beforeAll(async () => {
    folder = temporaryFolder();
    home = linkedHome(await flinkHome("2.3.0"), folder.at("flink"));
    mkdirSync(folder.at("tmp"));
    env = {
      FLINK_HOME: home,
      TMPDIR: folder.at("tmp"),
      SLUICE_RUN_DIR: folder.at("run"),
      JOB_MANAGER_RPC_ADDRESS: "localhost",
    };
    recorded = await runSluice(["cds"], { env });
  });
  afterAll(() => folder[Symbol.dispose]());

  async function plannedJvm(role: string): Promise<readonly string[]> {
    const { stdout } = await runSluice(["plan", "--output", "json", role], { env });
    return (JSON.parse(stdout) as { readonly exec: { readonly argv: readonly string[] } }).exec.argv;
  }

  /** What a JVM says that only tells how its main class is to be used. */
  async function usage([java = "", ...argv]: readonly string[], ...options: readonly string[]) {
    const main = argv.findIndex((each) => each.endsWith("StandaloneSessionClusterEntrypoint"));
    return execa(java, [...argv.slice(0, main), ...options, argv[main] ?? "", "--no-such-option"], {
      reject: false,
      all: true,
    });
  }

  it("writes an archive for each role, and leaves nothing else behind", () => {
    expect(recorded.exitCode, recorded.stderr).toBe(0);
    expect(readdirSync(join(home, "cds"))).toEqual([
      "jobmanager.jsa",
      "jobmanager.json",
      "taskmanager.jsa",
      "taskmanager.json",
    ]);
    expect(readdirSync(folder.at("tmp"))).toEqual([]);
  });

  it.each(["jobmanager", "taskmanager"])("lets a %s start from its archive", async (role) => {
    expect((await plannedJvm(role)).slice(1, 3)).toEqual([
      `-XX:SharedArchiveFile=${home}/cds/${role}.jsa`,
      "-Xshare:auto",
    ]);
  });

  it("makes an archive that the JVM accepts, and takes Flink's classes from", async () => {
    const { all } = await usage(await plannedJvm("jobmanager"), "-Xshare:on", "-Xlog:class+load");
    expect(all).toMatch(/StandaloneSessionClusterEntrypoint source: shared objects file \(top\)/);
  });

  it("serves a cluster with mutual TLS, and is silent", async (context) => {
    if (process.platform !== "linux") context.skip("there is no /proc on this system");
    const cluster = await FlinkCluster.prepare({
      flinkHome: home,
      folder: folder.at("tmp"),
      key: "rsa",
      taskManagers: 1,
    });
    try {
      await cluster.start();
      const maps = cluster.processes.map(({ pid }) => readFileSync(`/proc/${pid}/maps`, "utf8"));
      expect(maps[0]).toContain(`${home}/cds/jobmanager.jsa`);
      expect(maps[1]).toContain(`${home}/cds/taskmanager.jsa`);
      expect(cluster.output()).not.toMatch(saysOfArchives);
    } finally {
      await cluster.stop();
    }
  });

  it("is not used, and not spoken of, when a jar was touched", async () => {
    const before = await plannedJvm("jobmanager");
    const jar = readdirSync(join(home, "lib")).find((name) => ownJar.test(name)) ?? "";
    const other = new Date("2020-01-01T00:00:00Z");
    utimesSync(join(home, "lib", jar), other, other);
    const after = await plannedJvm("jobmanager");
    expect(after.filter((option) => /share|SharedArchive|Xlog:cds/.test(option))).toEqual([]);
    // The JVM looks for itself when a jar changes after that.
    const refused = await usage(before, "-Xshare:on");
    expect(refused.all).toMatch(saysOfArchives);
    expect((await usage(before)).all).not.toMatch(saysOfArchives);
  });

  it("takes everything away again when it is interrupted", async () => {
    const out = folder.at("out");
    const tmp = folder.at("tmp-2");
    mkdirSync(tmp);
    const sluice = await startSluice(["cds", "--out", out], { env: { ...env, TMPDIR: tmp } });
    await waitUntil("a JVM runs", async () => jvmsIn(tmp).length > 0, { pauseMs: 100, details: () => sluice.output() });
    process.kill(sluice.pid, "SIGINT");
    expect(await sluice.ended).toMatchObject({ exitCode: 130 });
    expect({ jvms: jvmsIn(tmp), left: readdirSync(tmp), out: existsSync(out) }).toEqual({
      jvms: [],
      left: [],
      out: false,
    });
  });

  it("says what a JVM said that did not start", async () => {
    cpSync(join(home, "conf"), folder.at("conf"), { recursive: true, dereference: true });
    appendFileSync(folder.at("conf", "config.yaml"), "\nenv.java.opts.jobmanager: -Xmx1k\n");
    const wrong = { ...env, FLINK_CONF_DIR: folder.at("conf") };
    const { exitCode, stderr } = await runSluice(["cds", "--out", folder.at("out")], { env: wrong });
    expect(exitCode).toBe(78);
    expect(stderr).toContain("Error occurred during initialization of VM");
    expect(stderr).toContain("error: the JobManager ended with exit code 1\n");
  });
});

/** A Flink of its own, made of links. */
function linkedHome(from: string, to: string): string {
  mkdirSync(join(to, "lib"), { recursive: true });
  for (const name of readdirSync(from))
    if (!["lib", "cds", "log"].includes(name)) symlinkSync(join(from, name), join(to, name));
  for (const name of readdirSync(join(from, "lib"))) {
    const place = ownJar.test(basename(name)) ? copyFileSync : symlinkSync;
    place(join(from, "lib", name), join(to, "lib", name));
  }
  return to;
}

/** Processes that have the folder in their arguments. */
function jvmsIn(folder: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`ArchiveClassesAtExit=${folder}/`);
    } catch {
      return false;
    }
  });
}
