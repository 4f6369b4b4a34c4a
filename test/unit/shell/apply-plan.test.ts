import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Plan, PlannedFile, PlannedLink } from "../../../src/core/plan/plan.ts";
import { Secret } from "../../../src/secret.ts";
import { applyPlan } from "../../../src/shell/run-dir/apply-plan.ts";
import { CannotWrite } from "../../../src/shell/run-dir/run-dir.ts";
import { Seed } from "../../../src/shell/run-dir/seed.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

const seed = new Seed(Buffer.alloc(Seed.size));

function planOf(runDir: string, files: readonly PlannedFile[], links: readonly PlannedLink[] = []): Plan {
  return {
    command: ["jobmanager"],
    runDir,
    roleDir: join(runDir, "jobmanager"),
    flink: { home: "/opt/flink", version: "2.3.0", checked: false },
    files: files.map((file) => ({ ...file, owner: "test" })),
    links: links.map((link) => ({ ...link, owner: "test" })),
    flinkConf: [],
    algorithms: [],
    trusted: [],
    shown: [],
    exec: { path: "true", argv: ["true"], set: {}, unset: [] },
    process: undefined,
    notices: [],
  };
}

function textFile(path: string, ...text: readonly (string | Secret)[]): PlannedFile {
  return { path, mode: 0o600, content: { kind: "text", text } };
}

describe("applyPlan", () => {
  it("opens the secrets of a text", () => {
    using folder = temporaryFolder();
    const path = folder.at("run", "jobmanager", "conf", "config.yaml");
    const secret = new Secret("PASSWORD", () => "open sesame");
    const applied = applyPlan(planOf(folder.at("run"), [textFile(path, "password: ", secret, "\n")]), () => seed);
    expect(applied).toMatchObject({ written: [path], removed: [], unchanged: 0 });
    expect(readFileSync(path, "utf8")).toBe("password: open sesame\n");
  });

  it("changes nothing the second time", () => {
    using folder = temporaryFolder();
    const file = textFile(folder.at("run", "jobmanager", "conf", "a"), "a");
    const link = { path: folder.at("run", "jobmanager", "plugins", "s3", "s3.jar"), target: "/opt/s3.jar" };
    const plan = planOf(folder.at("run"), [file], [link]);
    applyPlan(plan, () => seed);
    expect(applyPlan(plan, () => seed)).toMatchObject({ written: [], removed: [], unchanged: 2 });
  });

  it("takes away what an earlier start left where Flink looks", () => {
    using folder = temporaryFolder();
    const run = folder.at("run");
    const one = { path: join(run, "jobmanager", "plugins", "s3", "s3.jar"), target: "/opt/s3.jar" };
    const other = { path: join(run, "jobmanager", "plugins", "gs", "gs.jar"), target: "/opt/gs.jar" };
    applyPlan(planOf(run, [textFile(join(run, "jobmanager", "conf", "old.xml"), "")], [one, other]), () => seed);
    writeFileSync(join(run, "keep"), "not ours to remove");
    const applied = applyPlan(
      planOf(run, [textFile(join(run, "jobmanager", "conf", "new.xml"), "")], [one]),
      () => seed,
    );
    expect(applied).toMatchObject({
      removed: [join(run, "jobmanager", "conf", "old.xml"), join(run, "jobmanager", "plugins", "gs")],
    });
    expect(readdirSync(join(run, "jobmanager", "conf"))).toEqual(["new.xml"]);
    expect(readdirSync(join(run, "jobmanager", "plugins"))).toEqual(["s3"]);
    expect(existsSync(join(run, "keep"))).toBe(true);
  });

  it("does not write through a link to an installed plugin that has become a folder", () => {
    using folder = temporaryFolder();
    const run = folder.at("run");
    const installed = folder.at("flink", "plugins", "s3");
    mkdirSync(installed, { recursive: true });
    applyPlan(planOf(run, [], [{ path: join(run, "jobmanager", "plugins", "s3"), target: installed }]), () => seed);
    const link = { path: join(run, "jobmanager", "plugins", "s3", "s3.jar"), target: "/opt/s3.jar" };
    applyPlan(planOf(run, [], [link]), () => seed);
    expect(readdirSync(installed)).toEqual([]);
    expect(lstatSync(join(run, "jobmanager", "plugins", "s3")).isDirectory()).toBe(true);
    expect(readlinkSync(link.path)).toBe(link.target);
  });

  it("leaves nothing behind when it cannot write", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("file"), "");
    const files = [textFile(folder.at("run", "jobmanager", "conf", "a"), "a"), textFile(folder.at("file", "b"), "b")];
    expect(() => applyPlan(planOf(folder.at("run"), files), () => seed)).toThrow(CannotWrite);
    expect(readdirSync(folder.path)).toEqual(["file"]);
  });
});
