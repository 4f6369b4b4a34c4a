import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flinkHome } from "../support/flink-home.ts";
import { withProgress } from "../support/progress.ts";
import { indexedDocuments } from "../support/search-index.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { buildJars, homeWithPlugin } from "./jars.ts";
import { endure, faults } from "./faults.ts";
import { HaFlink } from "./ha-flink.ts";
import { StateKeys } from "./state-keys.ts";
import { countBlocksWith } from "./stored-blocks.ts";
import { searchPassword, searchUser, type Stand, startStand } from "./stand.ts";
import { Clients } from "./targets.ts";
import { rowOf, type WordDocument, type WordStream, wordStream, wordTopics } from "./words.ts";

const results = "word-counts";
const index = "words";
/** Of the job, and its group of consumers. */
const jobName = "word-pipeline";

/** Slow enough that words come while everything goes wrong. The last ones come when it is over, and quickly. */
const recordsPerSecond = 900;
const lastRecords = 20_000;
const lastRecordsPerSecond = 10_000;

/** Stand in state and in job graphs, and nowhere in the rows. */
const markers = ["io.sluice.pipeline", wordTopics.comments];

describe("the reference job on a secured, highly available Flink", () => {
  let folder: TemporaryFolder;
  let stand: Stand | undefined;
  let flink: HaFlink | undefined;
  let clients: Clients;
  let expected: WordStream;
  let endured: readonly string[] = [];
  let stored: Readonly<Record<string, number>> = {};
  let keys: StateKeys;

  beforeAll(async () => {
    folder = temporaryFolder();
    expected = wordStream();
    keys = new StateKeys(folder.at("keys"));
    const [home, jars] = await Promise.all([flinkHome("2.3.0"), buildJars()]);
    const sealedHome = homeWithPlugin(home, jars.sealedFilesystem, folder.at("flink-home"));
    stand = await withProgress("starting the servers", () => startStand(folder, home));
    mkdirSync(folder.at("clients"));
    clients = await Clients.prepare(folder.at("clients"), stand);
    const starting = HaFlink.start({
      flinkHome: sealedHome,
      folder: folder.at("flink"),
      environment: { ...stand.environment, ...keys.environment },
      properties: properties(stand),
    });
    flink = await withProgress("starting Flink", () => starting);
    const running = flink;
    const all = faults(stand, running, () => keys.rotate());
    const submitted = submit(running, jars.pipeline, jobArguments(stand));
    [endured] = await Promise.all([
      submitted.then(() => endure(all, running)),
      write("first words", expected.lines.slice(0, -lastRecords), recordsPerSecond),
    ]);
    stored = countBlocksWith(folder.at("hdfs", "data"), [...markers, ...keys.ids, aRow(expected)]);
    await write("last words", expected.lines.slice(-lastRecords), lastRecordsPerSecond);
    const isRead = async () => (await clients.lag(jobName, expected.lines.length)) === 0;
    await withProgress("the rest of the words", () => running.until("end of the words", isRead));
    await withProgress("stopping the job", () => stop(running, `sealed+${stand?.hdfs.url}/user/flink/savepoints`));
  }, 1_500_000);
  afterAll(async () => {
    await flink?.stop();
    await stand?.stop();
    folder?.[Symbol.dispose]();
  });

  async function write(name: string, lines: readonly string[], pace: number): Promise<void> {
    writeFileSync(folder.at(name), lines.join("\n"));
    const { exitCode, stdout, stderr } = await (await clients.write(folder.at(name), pace)).ended;
    if (exitCode !== 0) throw new Error(stdout + stderr);
  }

  it("has lost TaskManagers, its leader, the KDC, the broker and the index on the way", () => {
    expect(endured).toHaveLength(8);
    expect(flink?.taskManager.starts).toBeGreaterThanOrEqual(4);
    expect(Math.max(...(flink?.jobManagers.map(({ starts }) => starts) ?? []))).toBeGreaterThanOrEqual(2);
    for (const status of [503, 429]) expect(stand?.proxy.answers.get(status)).toBeGreaterThanOrEqual(4);
  });

  it("reads a real text of more than 200,000 words", () => {
    expect(expected.lines.length).toBeGreaterThan(200_000);
  });

  it("leaves each row exactly once in the committed files", async () => {
    const rows = await clients.files(`${stand?.hdfs.url}/user/flink/counts`);
    expect(difference(rows, expected.rows)).toEqual(none);
  });

  it("leaves each result exactly once in the topic, for who reads what is committed", async () => {
    const records = await clients.topic(results);
    const rows = records.map((record) => rowOf(JSON.parse(record) as WordDocument));
    expect(difference(rows, expected.rows)).toEqual(none);
  });

  it("leaves the newest document of each word in the index, and rejects none", async () => {
    const { search, ca } = stand ?? {};
    // Asked of the server itself, past the proxy.
    const access = { url: search?.url ?? "", ca: ca?.pem ?? "", user: searchUser, password: searchPassword };
    expect(await indexedDocuments(access, index)).toEqual(expected.documents);
    expect(await indexedDocuments(access, `${index}-rejected`)).toEqual(new Map());
  });

  it("leaves nothing readable of state and job graphs on the disks of HDFS, where rows of the files are found", () => {
    for (const marker of markers) expect(stored[marker], marker).toBe(0);
    expect(stored[aRow(expected)]).toBeGreaterThan(0);
  });

  it("writes with the new key after a rotation", () => {
    expect(stored[keys.ids[1]]).toBeGreaterThan(0);
  });

  it("says no password", () => {
    expect(flink?.output()).not.toContain(searchPassword);
    expect(flink?.output()).not.toContain(Buffer.from(searchPassword).toString("base64"));
  });
});

function properties({ hdfs, zooKeeper }: Stand): Record<string, string | number> {
  const home = `${hdfs.url}/user/flink`;
  return {
    "high-availability.type": "zookeeper",
    "high-availability.zookeeper.quorum": zooKeeper.quorum,
    "high-availability.zookeeper.client.acl": "creator",
    "high-availability.zookeeper.client.session-timeout": "10 s",
    "high-availability.storageDir": `sealed+${home}/ha`,
    "high-availability.cluster-id": "pipeline",
    "execution.checkpointing.dir": `sealed+${home}/checkpoints`,
    "execution.checkpointing.interval": "4 s",
    "execution.checkpointing.timeout": "120 s",
    "execution.checkpointing.tolerable-failed-checkpoints": 100,
    "state.backend.type": "rocksdb",
    "execution.checkpointing.incremental": "true",
    "restart-strategy.type": "fixed-delay",
    "restart-strategy.fixed-delay.attempts": 1000,
    "restart-strategy.fixed-delay.delay": "1 s",
    "heartbeat.interval": "2 s",
    "heartbeat.timeout": "20 s",
    "parallelism.default": 2,
    "jobmanager.memory.process.size": "700m",
    "jobmanager.memory.jvm-metaspace.size": "160m",
    "taskmanager.memory.process.size": "1300m",
    "taskmanager.memory.managed.size": "160m",
    "taskmanager.memory.jvm-metaspace.size": "200m",
  };
}

async function submit(flink: HaFlink, jar: string, args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await flink.run("flink", "run", "-d", jar, ...args);
  if (exitCode !== 0) throw new Error(stdout + stderr);
}

/** As an operator does it: what waits for a timer comes out, a last savepoint is taken, and everything is committed. */
async function stop(flink: HaFlink, savepoints: string): Promise<void> {
  const job = await flink.job();
  const stopped = await flink.run("flink", "stop", "--drain", "--savepointPath", savepoints, job?.jid ?? "");
  if (stopped.exitCode !== 0) throw new Error(stopped.stdout + stopped.stderr);
  await flink.until("end of the job", async () => (await flink.job())?.state === "FINISHED");
}

/** One of the first window. */
function aRow({ rows }: WordStream): string {
  return [...rows][0] ?? "";
}

function jobArguments({ hdfs }: Stand): readonly string[] {
  const topics = ["--comments", wordTopics.comments, "--code", wordTopics.code, "--results", results];
  const files = `${hdfs.url}/user/flink/counts`;
  return [...topics, "--files", files, "--index", index];
}

/** What {@link difference} is where nothing is lost and nothing is there twice. */
const none = { missing: [], surplus: [], twice: 0 };

/** The first few rows, because nobody reads 34,000. */
function difference(found: readonly string[], wanted: ReadonlySet<string>) {
  const once = new Set(found);
  const missing = [...wanted].filter((row) => !once.has(row));
  const surplus = [...once].filter((row) => !wanted.has(row));
  return { missing: missing.slice(0, 5), surplus: surplus.slice(0, 5), twice: found.length - once.size };
}
