import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flinkHome } from "../support/flink-home.ts";
import { indexedDocuments } from "../support/search-index.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { buildJob } from "./build-job.ts";
import { HaFlink } from "./ha-flink.ts";
import { searchPassword, searchUser, type Stand, startStand } from "./stand.ts";
import { Clients } from "./targets.ts";
import { rowOf, type WordDocument, type WordStream, wordStream, wordTopics } from "./words.ts";

const results = "word-counts";
const index = "words";
const recordsPerSecond = 5000;

describe("the reference job on a secured, highly available Flink", () => {
  let folder: TemporaryFolder;
  let stand: Stand | undefined;
  let flink: HaFlink | undefined;
  let clients: Clients;
  let expected: WordStream;

  beforeAll(async () => {
    folder = temporaryFolder();
    expected = wordStream();
    const [home, jar] = await Promise.all([flinkHome("2.3.0"), buildJob()]);
    stand = await startStand(folder, home);
    mkdirSync(folder.at("clients"));
    clients = await Clients.prepare(folder.at("clients"), stand);
    flink = await HaFlink.start({
      flinkHome: home,
      folder: join(folder.path, "flink"),
      environment: stand.environment,
      properties: properties(stand),
    });
    writeFileSync(folder.at("words"), expected.lines.join("\n"));
    const writer = await clients.write(folder.at("words"), recordsPerSecond);
    const submitted = await flink.run("flink", "run", "-d", jar, ...jobArguments(stand, expected));
    if (submitted.exitCode !== 0) throw new Error(submitted.stdout + submitted.stderr);
    const written = await writer.ended;
    if (written.exitCode !== 0) throw new Error(written.stdout + written.stderr);
    await flink.until("end of the job", async () => (await flink?.job())?.state === "FINISHED");
  });
  afterAll(async () => {
    await flink?.stop();
    await stand?.stop();
    folder?.[Symbol.dispose]();
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
    "high-availability.storageDir": `${home}/ha`,
    "high-availability.cluster-id": "pipeline",
    "execution.checkpointing.dir": `${home}/checkpoints`,
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

function jobArguments({ hdfs }: Stand, { ends }: WordStream): readonly string[] {
  const topics = ["--comments", wordTopics.comments, "--code", wordTopics.code, "--results", results];
  const files = `${hdfs.url}/user/flink/counts`;
  return [...topics, "--files", files, "--index", index, "--until", ends.join()];
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
