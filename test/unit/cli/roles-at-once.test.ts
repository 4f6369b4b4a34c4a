import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { processFacts } from "../../../src/shell/process/process-facts.ts";
import { runSluice, startSluice } from "../../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

beforeEach((context) => {
  if (process.platform !== "linux") context.skip("there is no /proc on this system");
});

/** A Flink whose `java` reads what it was started with only when all others have been started. */
function prepare(folder: TemporaryFolder): void {
  const memory = "jobmanager.memory.process.size: 1g\ntaskmanager.memory.process.size: 1g\n";
  const files = {
    "flink/lib/flink-dist-2.3.0.jar": "",
    "flink/opt/flink-sql-gateway-2.3.0.jar": "",
    "flink/conf/config.yaml": memory,
    "java/bin/java":
      '#!/bin/sh\necho started\nuntil [ -e "$GATE" ]; do sleep 0.05; done\ncat "$FLINK_CONF_DIR/config.yaml"\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(folder.at(path)), { recursive: true });
    writeFileSync(folder.at(path), text);
  }
  chmodSync(folder.at("java/bin/java"), 0o755);
}

const commands = ["history-server", "jobmanager", "taskmanager", "standalone-job", "sql-gateway", "taskmanager"];

function environment(folder: TemporaryFolder, more: Readonly<Record<string, string>>) {
  return {
    FLINK_HOME: folder.at("flink"),
    JAVA_HOME: folder.at("java"),
    SLUICE_RUN_DIR: folder.at("run"),
    GATE: folder.at("gate"),
    ...more,
  };
}

/** Starts each command with a key of its own, waits until all have a folder, and returns what each then reads. */
async function startAll(folder: TemporaryFolder): Promise<readonly string[]> {
  const started = commands.map((command, index) => {
    const job = command === "standalone-job" ? ["--job-classname", "Job"] : [];
    const env = environment(folder, { FLINK_PROPERTIES: `metrics.scope.jm: own-${index}` });
    return startSluice(["run", command, ...job], { env });
  });
  const processes = await Promise.all(started);
  await expect.poll(() => processes.every((each) => each.output().includes("started")), { timeout: 20_000 }).toBe(true);
  writeFileSync(folder.at("gate"), "");
  const ended = await Promise.all(processes.map((each) => each.ended));
  return ended.map(({ exitCode, stdout, stderr }) => (exitCode === 0 ? stdout : stderr));
}

describe("processes that start at once with one run dir", () => {
  it("each read exactly what was planned for them", async () => {
    using folder = temporaryFolder();
    prepare(folder);
    const read = await startAll(folder);
    for (const [index, text] of read.entries()) expect(text).toContain(`metrics.scope.jm: own-${index}\n`);
    expect(readdirSync(folder.at("run")).toSorted()).toEqual([
      "history-server",
      "jobmanager",
      "jobmanager-2",
      "sql-gateway",
      "taskmanager",
      "taskmanager-2",
    ]);
  });

  it("take the folder of one that has ended", async () => {
    using folder = temporaryFolder();
    prepare(folder);
    writeFileSync(folder.at("gate"), "");
    for (const key of ["one", "two"]) {
      const env = environment(folder, { FLINK_PROPERTIES: `metrics.scope.jm: ${key}` });
      const { exitCode, stderr } = await runSluice(["run", "jobmanager"], { env });
      expect(exitCode, stderr).toBe(0);
    }
    expect(readdirSync(folder.at("run"))).toEqual(["jobmanager"]);
    expect(readFileSync(folder.at("run", "jobmanager", "conf", "config.yaml"), "utf8")).toContain(
      "metrics.scope.jm: two",
    );
  });

  it.each([
    ["b:9092", []],
    ["other:9092", ["kafka-client.properties", "kafka-table.sql"]],
  ])("leave jobs the files of the one that runs, and say where theirs differ: %s", async (servers, conflicts) => {
    using folder = temporaryFolder();
    prepare(folder);
    const kafka = (name: string) => environment(folder, { KAFKA_BOOTSTRAP_SERVERS: name });
    const jobManager = await startSluice(["run", "jobmanager"], { env: kafka("b:9092") });
    await expect.poll(() => jobManager.output(), { timeout: 20_000 }).toContain("started");
    const taskManager = await startSluice(["run", "taskmanager"], { env: kafka(servers) });
    await expect.poll(() => taskManager.output(), { timeout: 20_000 }).toContain("started");
    const read = (...path: readonly string[]) => readFileSync(folder.at("run", ...path), "utf8");
    expect(read("kafka-client.properties")).toContain("bootstrap.servers=b:9092");
    expect(read("taskmanager", "kafka-client.properties")).toContain(`bootstrap.servers=${servers}`);
    writeFileSync(folder.at("gate"), "");
    await jobManager.ended;
    const { stderr } = await taskManager.ended;
    const warned = [...stderr.matchAll(/warning: \S*\/run\/(\S+): the jobmanager here, process \d+, has other/g)];
    expect(warned.map(([, name]) => name)).toEqual(conflicts);
  });

  it("do not touch what version 0.1 has started here", async () => {
    using folder = temporaryFolder();
    prepare(folder);
    writeFileSync(folder.at("gate"), "");
    mkdirSync(folder.at("run"), { mode: 0o700 });
    const sleeper = spawn("sleep", ["60"]);
    try {
      const record = {
        version: 1,
        role: "jobmanager",
        pid: sleeper.pid,
        startTime: processFacts(sleeper.pid ?? 0)?.startTime,
      };
      writeFileSync(folder.at("run", "jobmanager.json"), JSON.stringify(record));
      const { exitCode } = await runSluice(["run", "jobmanager"], { env: environment(folder, {}) });
      expect(exitCode).toBe(0);
      expect(readdirSync(folder.at("run")).toSorted()).toEqual(["jobmanager-2", "jobmanager.json"]);
    } finally {
      sleeper.kill();
    }
  });
});
