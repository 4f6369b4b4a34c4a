import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPlugin } from "../../scripts/build-plugin.ts";
import { FlinkCluster } from "../support/flink-cluster.ts";
import { flinkHome } from "../support/flink-home.ts";
import { flinkVersions } from "../support/flink-versions.ts";
import { withProgress } from "../support/progress.ts";
import { runSluice, type SluiceResult } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { buildWordCount, copyText } from "../support/word-count.ts";
import { askUntil } from "../../testkit/eventually.ts";

const jar = "sealed-filesystem-0.1.0.jar";
const versions = process.env["SLUICE_TEST_FULL"] === "1" ? flinkVersions : ["2.3.0"];

/** A FLINK_HOME with the plugin in `opt`, as the image has it. */
async function homeWithPlugin(home: string, folder: string): Promise<string> {
  await withProgress("building sealed-filesystem with Maven", () => buildPlugin(join(folder, "opt")));
  for (const name of ["bin", "conf", "lib", "plugins"]) symlinkSync(join(home, name), join(folder, name));
  return folder;
}

describe.each(versions)("Flink %s with SEALED_STATE_ENABLED", (version) => {
  let folder: TemporaryFolder;
  let cluster: FlinkCluster | undefined;
  let run: SluiceResult;
  const archive = () => folder.at("archive");

  beforeAll(async () => {
    folder = temporaryFolder();
    const home = await flinkHome(version);
    mkdirSync(folder.at("keys"));
    writeFileSync(folder.at("keys/2026-11"), randomBytes(32), { mode: 0o400 });
    writeFileSync(folder.at("keys/primary"), "2026-11\n", { mode: 0o400 });
    cluster = await FlinkCluster.prepare({
      flinkHome: await homeWithPlugin(home, folder.at("flink")),
      folder: folder.path,
      key: "ec",
      taskManagers: 1,
      variables: { SEALED_STATE_ENABLED: "true", SEALED_STATE_KEY_DIR: folder.at("keys") },
      properties: { "jobmanager.archive.fs.dir": `sealed+file://${archive()}` },
    });
    mkdirSync(archive());
    await cluster.start();
    const program = await buildWordCount(home, folder.at("."));
    copyText(folder.at("text"));
    run = await cluster.run("flink", "run", program, folder.at("text"), folder.at("counts"));
  });
  afterAll(async () => {
    await cluster?.stop();
    folder?.[Symbol.dispose]();
  });

  it("runs a job and archives it sealed, by the plugin that was linked", async () => {
    expect(run.exitCode, run.stderr + run.stdout).toBe(0);
    const archived = async () =>
      readdirSync(archive(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const [file] = await askUntil(archived, (files) => files.length > 0, 100, 200);
    const bytes = readFileSync(join(file?.parentPath ?? "", file?.name ?? ""));
    expect(bytes.subarray(0, 8).toString("latin1")).toBe("\u008bSEALED\n");
    expect(bytes.includes("2026-11")).toBe(true);
    expect(bytes.includes("archive")).toBe(false);
    expect(existsSync(join(folder.at("tmp/jobmanager/run/jobmanager/plugins/sealed-filesystem"), jar))).toBe(true);
  });

  it("starts nothing where a path is not sealed", async () => {
    const env = cluster?.environment("refused", { "state.savepoints.dir": `file://${folder.at("savepoints")}` }) ?? {};
    const { exitCode, stderr } = await runSluice(["run", "jobmanager"], { env });
    expect(exitCode).toBe(78);
    expect(stderr).toContain(`hint: write it as state.savepoints.dir: sealed+file://${folder.at("savepoints")}`);
  });
});
