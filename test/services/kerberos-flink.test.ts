import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hadoopClientJars } from "../../lab/hdfs.ts";
import { Lab } from "../../lab/lab.ts";
import type { FlinkCluster } from "../support/flink-cluster.ts";
import { flinkVersions } from "../support/flink-versions.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { listeners, startJobs } from "./kerberos-jobs.ts";
import { runTypedCommands } from "./typed-commands.ts";
import { askUntil } from "../../testkit/eventually.ts";

/** Lines by the name of a job. */
type Lines = Readonly<Record<string, readonly string[]>>;

/** Seconds that Flink's tickets and HDFS' tokens live: a little more than Kafka's client needs to log in again in time (60 s). */
const ticketLifetime = 75;
const first = ["one", "two: ö", '"three"'];
const second = ["four", "five"];
const names = flinkVersions.flatMap((version) => Object.keys(listeners).map((listener) => `${version}/${listener}`));

describe("Flink with a Kerberos Kafka and a Kerberos HDFS", () => {
  let folder: TemporaryFolder;
  let lab: Lab | undefined;
  let clusters: readonly FlinkCluster[] = [];
  /** When the last job was submitted. */
  let began = 0;

  beforeAll(async () => {
    folder = temporaryFolder();
    const kerberos = await Lab.start({
      folder: folder.at("lab"),
      servers: ["kafka", "hdfs"],
      ticketLifetime,
      hdfsProperties: {
        "dfs.namenode.delegation.token.renew-interval": `${ticketLifetime}000`,
        "dfs.namenode.delegation.token.max-lifetime": `${ticketLifetime}000`,
      },
    });
    lab = kerberos;
    await kerberos.kafka.write("lines", first);
    const started = await Promise.allSettled(
      flinkVersions.map((version) => startJobs(version, kerberos, folder.at(version))),
    );
    clusters = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    for (const result of started) if (result.status === "rejected") throw result.reason;
    began = Date.now();
  });
  afterAll(async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    await lab?.stop();
    folder?.[Symbol.dispose]();
  });

  /** The sorted lines in each job's files, as soon as they are as many as expected, or at the end of all patience. */
  async function linesOf(expected: readonly string[]): Promise<Lines> {
    const isWhole = (found: Lines) => Object.values(found).every(({ length }) => length >= expected.length);
    return askUntil(readLines, isWhole, 120, 2000);
  }

  async function readLines(): Promise<Lines> {
    const copy = folder.at("copy");
    rmSync(copy, { recursive: true, force: true });
    // Files come and go while it copies.
    await lab?.hdfs.copy("/user/flink/out", copy).catch(() => {});
    return Object.fromEntries(names.map((name) => [name, finishedLines(join(copy, name)).toSorted()]));
  }

  const each = (lines: readonly string[]) => Object.fromEntries(names.map((name) => [name, lines.toSorted()]));

  it("reads from both listeners, by both files that are rendered, and writes to HDFS", async () => {
    expect(await linesOf(first), clusters.map((cluster) => cluster.lastWords()).join("\n")).toEqual(each(first));
  });

  it("lets an operator look at all of it by the commands of docs/kerberos.md", async () => {
    const hadoop = { HADOOP_CLASSPATH: join(await hadoopClientJars(), "*") };
    const { failed, output } = await runTypedCommands({ ...lab?.variables, ...hadoop }, folder.path);
    expect(failed, output).toBe(false);
    expect(output).toContain("Default principal: flink@LAB.EXAMPLE");
    expect(output).toMatch(/^lines$/m);
    expect(output).toContain("/user/flink/checkpoints");
  });

  it(
    "does so when each ticket and token has long expired, and Kafka asks everybody anew",
    { timeout: 400_000 },
    async () => {
      await sleep(began + 2.1 * ticketLifetime * 1000 - Date.now());
      await lab?.kafka.stop();
      await lab?.kafka.restart();
      await lab?.kafka.write("lines", second);
      const all = [...first, ...second];
      expect(await linesOf(all), clusters.map((cluster) => cluster.lastWords()).join("\n")).toEqual(each(all));
    },
  );

  it("has logged in within each lifetime of a ticket since the jobs began", () => {
    const lifetimes = (lab?.kdc.logins("flink") ?? []).map((time) =>
      Math.floor((time - began) / ticketLifetime / 1000),
    );
    expect(lifetimes).toContain(0);
    expect(lifetimes).toContain(1);
  });

  it("has run without a restart of a job", async () => {
    const jobs = (await Promise.all(clusters.map((cluster) => cluster.rest.jobs()))).flat();
    expect(jobs.map(({ state }) => state)).toEqual(["RUNNING", "RUNNING", "RUNNING", "RUNNING"]);
    expect(clusters.map((cluster) => cluster.output()).join("\n")).not.toMatch(
      /switched from RUNNING to (FAILED|RESTARTING)/,
    );
  });
});

/** The lines of the files that a FileSink has finished; the others begin with a dot. */
function finishedLines(folder: string): readonly string[] {
  let files;
  try {
    files = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
  const finished = files.filter((file) => file.isFile() && file.name.startsWith("part-"));
  const text = finished.map((file) => readFileSync(join(file.parentPath, file.name), "utf8")).join("");
  return text.split("\n").filter((line) => line !== "");
}
