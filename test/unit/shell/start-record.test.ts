import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, describe, expect, it } from "vitest";
import { inRoleDir } from "../../../src/core/plan/run-dir.ts";
import type { StartRecord } from "../../../src/core/plan/start-record.ts";
import { findStarts } from "../../../src/shell/run-dir/start-record.ts";
import { material } from "../../support/certificates.ts";
import { runSluice } from "../../support/run-sluice.ts";
import { writeRecord } from "../../support/running-record.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

const root = join(import.meta.dirname, "../../..");
const schema = JSON.parse(readFileSync(join(root, "docs/start-record.schema.json"), "utf8")) as object;
const uid = process.getuid?.() ?? 0;

beforeEach((context) => {
  if (process.platform !== "linux") context.skip("there is no /proc on this system");
});

/** Runs a JobManager or TaskManager of a Flink in which `java` is another program. */
async function start(folder: TemporaryFolder, command: readonly string[], env: Readonly<Record<string, string>> = {}) {
  mkdirSync(folder.at("flink", "lib"), { recursive: true });
  mkdirSync(folder.at("flink", "conf"), { recursive: true });
  mkdirSync(folder.at("java", "bin"), { recursive: true });
  writeFileSync(folder.at("flink", "lib", "flink-dist-2.3.0.jar"), "");
  mkdirSync(folder.at("flink", "opt"), { recursive: true });
  writeFileSync(folder.at("flink", "opt", "flink-sql-gateway-2.3.0.jar"), "");
  const memory = "jobmanager.memory.process.size: 1g\ntaskmanager.memory.process.size: 1g\n";
  writeFileSync(folder.at("flink", "conf", "config.yaml"), memory);
  writeFileSync(folder.at("java", "bin", "java"), "#!/bin/sh\necho $$\ncut -d' ' -f22 /proc/$$/stat\n");
  chmodSync(folder.at("java", "bin", "java"), 0o755);
  const common = { FLINK_HOME: folder.at("flink"), JAVA_HOME: folder.at("java"), SLUICE_RUN_DIR: folder.at("run") };
  return runSluice(["run", ...command], { env: { ...common, ...env } });
}

function readRecord(folder: TemporaryFolder, role: StartRecord["role"]): StartRecord {
  return JSON.parse(readFileSync(inRoleDir.startRecord(folder.at("run", role)), "utf8")) as StartRecord;
}

describe("sluice run records what it starts", () => {
  it("with the process id, the start time and the certificates, and without a secret", async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("certs"));
    for (const [name, form] of [
      ["tls.crt", "ec.crt"],
      ["tls.key", "ec.key"],
      ["ca.crt", "ec.crt"],
    ] as const) {
      writeFileSync(folder.at("certs", name), material(form));
    }
    const env = {
      FLINK_SSL_INTERNAL_ENABLED: "true",
      FLINK_SSL_INTERNAL_DIR: folder.at("certs"),
      FLINK_PROPERTIES: "s3.secret-key: planted",
    };
    const { exitCode, stdout, stderr } = await start(folder, ["jobmanager", "-D", "s3.secret-key=planted"], env);
    expect(exitCode, stderr).toBe(0);
    const record = readRecord(folder, "jobmanager");
    const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema);
    validate(record);
    expect(validate.errors ?? []).toEqual([]);
    expect(stdout).toBe(`${record.pid}\n${record.startTime}\n`);
    expect(record).toMatchObject({
      role: "jobmanager",
      flinkVersion: "2.3.0",
      environment: { set: { FLINK_CONF_DIR: folder.at("run", "jobmanager", "conf") }, unset: ["FLINK_PROPERTIES"] },
      certificates: [{ side: "internal", source: folder.at("certs", "tls.crt"), selfSigned: true }],
    });
    expect(JSON.stringify(record)).not.toContain("planted");
  });

  it.each([
    ["taskmanager", ["taskmanager"]],
    ["taskmanager", ["bash", "-c", "kubernetes-taskmanager.sh -Djobmanager.rpc.address=jm"]],
    ["jobmanager", ["standalone-job", "--job-classname", "Job"]],
    ["jobmanager", ["kubernetes-jobmanager.sh", "kubernetes-session"]],
    ["history-server", ["history-server"]],
    ["sql-gateway", ["sql-gateway"]],
    ["client", ["true"]],
  ] as const)("as a %s: %j", async (role, command) => {
    using folder = temporaryFolder();
    const { exitCode, stderr } = await start(folder, command);
    expect(exitCode, stderr).toBe(0);
    expect(readRecord(folder, role).role).toBe(role);
  });

  it("and the next one takes its place", async () => {
    using folder = temporaryFolder();
    await start(folder, ["taskmanager"]);
    const { pid } = readRecord(folder, "taskmanager");
    await start(folder, ["taskmanager"]);
    expect(readRecord(folder, "taskmanager").pid).not.toBe(pid);
  });
});

describe("findStarts", () => {
  it.each([
    ["of the process that runs", {}, 0o700, "running"],
    ["of another process that had the same id", { startTime: 1 }, 0o700, "ended"],
    ["of a process that is gone", { pid: 2 ** 30 }, 0o700, "ended"],
    ["of the other role", { role: "taskmanager" }, 0o700, "unreadable"],
    ["of another version", { version: 2 as 1 }, 0o700, "unreadable"],
    ["that others could have written", {}, 0o777, "foreign"],
  ] as const)("a record %s", (_what, changes, mode, kind) => {
    using folder = temporaryFolder();
    writeRecord(folder.at("run"), "jobmanager", changes, { mode });
    expect(findStarts(folder.at("run"), ["jobmanager"], uid)[0]?.kind).toBe(kind);
  });

  it("of another user", () => {
    using folder = temporaryFolder();
    writeRecord(folder.at("run"), "jobmanager");
    expect(findStarts(folder.at("run"), ["jobmanager"], uid + 1)[0]?.kind).toBe("foreign");
  });

  it.each(["", "{", "null", "[]"])("that is damaged: %j", (text) => {
    using folder = temporaryFolder();
    writeRecord(folder.at("run"), "jobmanager");
    writeFileSync(inRoleDir.startRecord(folder.at("run", "jobmanager")), text);
    expect(findStarts(folder.at("run"), ["jobmanager"], uid)[0]?.kind).toBe("unreadable");
  });
});
