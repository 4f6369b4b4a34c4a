import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { eventually } from "../../testkit/eventually.ts";
import { Job } from "./job.ts";
import { missing } from "./programs.ts";
import { Release } from "./release.ts";
import { survives } from "./survives.ts";

const why = await missing(["helm", "kubectl"], true);
const release = new Release(inject("namespace"));
const job = new Job(release);

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why === undefined) await release.ensure();
});

describe("the job continues from its checkpoint, and writes each number once, when", () => {
  it("a value is changed, and changed back", async () => {
    const interval = async () => {
      const { interval: milliseconds } = await release.rest<{ interval: number }>(
        `/jobs/${await job.running()}/checkpoints/config`,
      );
      return milliseconds;
    };
    await survives(job, async () => {
      await release.follow("Upgrade", {}, 0);
      await release.rolledOut();
    });
    const logged = await release.kubectl("get", "configmap", "flink-configuration", "--output=jsonpath={.data}");
    expect(logged).toContain("rootLogger.level = WARN");
    await survives(job, async () => {
      await release.follow("Upgrade", {}, 1);
      await release.rolledOut();
    });
    expect(await interval()).toBe(5000);
    const back = await release.kubectl("get", "configmap", "flink-configuration", "--output=jsonpath={.data}");
    expect(back).toContain("rootLogger.level = INFO");
  });

  it("all certificates are issued again", async () => {
    await survives(job, async () => {
      await release.follow("Rotate certificates, keytabs and keys");
      // The client must have the new one too.
      await release.startClient("flink-rest-tls-2");
      await release.rolledOut();
    });
    expect(await release.kubectl("get", "secrets", "--output=name")).toContain("secret/flink-internal-tls-2");
  });
});

describe("by the commands of docs/kubernetes.md", () => {
  it("stops the job with a savepoint, and begins another one that continues there", async () => {
    await job.progresses();
    const id = await job.running();
    const heading = "Savepoint and restore";
    const { "request-id": trigger } = JSON.parse(await release.follow(heading, { job: id }, 0)) as {
      "request-id": string;
    };
    const savepoint = await eventually(async () => {
      const said = await release.follow(heading, { job: id, trigger }, 1);
      const [, location] = /"location":"([^"]+)"/.exec(said) ?? [];
      if (location === undefined) throw new Error(`no savepoint: ${said}`);
      return location;
    });
    const ended = await job.output();
    expect(ended).toMatchObject({ twice: 0, gaps: 0 });
    await release.follow(heading, { savepoint }, 2);
    const { latest } = await job.progresses();
    expect(await job.running()).not.toBe(id);
    expect(latest.restored).toMatchObject({ is_savepoint: true, external_path: savepoint });
    const after = await job.output();
    expect(after).toMatchObject({ twice: 0, gaps: 0 });
    expect(after.numbers).toBeGreaterThan(ended.numbers);
  });
});

/** The last one takes the release away and makes it again; with SLUICE_TEST_FULL=1. */
const recoveries = process.env["SLUICE_TEST_FULL"] === "1" ? ["Disaster recovery"] : [];

describe.each(recoveries)("by the commands of docs/kubernetes.md, %s", (heading) => {
  it("begins again on the volume of a release that is gone", async () => {
    const before = await job.output();
    await release.follow(heading, {}, 0);
    const checkpoint = await release.newestCheckpoint();
    await release.follow(heading, { checkpoint }, 1);
    await release.startClient("flink-rest-tls-1");
    const { latest } = await job.progresses();
    expect(latest.restored?.external_path).toBe(checkpoint);
    const after = await job.output();
    expect(after).toMatchObject({ twice: 0, gaps: 0 });
    expect(after.numbers).toBeGreaterThan(before.numbers);
  });
});
