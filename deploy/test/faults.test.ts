import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { eventually } from "../../testkit/eventually.ts";
import { Job } from "./job.ts";
import { survives } from "./survives.ts";
import { leader } from "./pods.ts";
import { missing } from "./programs.ts";
import { Release } from "./release.ts";

const why = await missing(["helm", "kubectl"], true);
const release = new Release(inject("namespace"));
const job = new Job(release);

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  await release.ensure();
  await isOn(2);
});

async function uid(pod: string): Promise<string> {
  return release.kubectl("get", "pod", pod, "--output=jsonpath={.metadata.uid}");
}

interface ContainerStatus {
  readonly restartCount: number;
  readonly lastState: { readonly terminated?: { readonly reason: string; readonly exitCode: number } };
}

async function container(pod: string): Promise<ContainerStatus> {
  const status = await release.kubectl("get", "pod", pod, "--output=jsonpath={.status.containerStatuses[0]}");
  return JSON.parse(status) as ContainerStatus;
}

/** Waits until the job uses the one slot of each TaskManager: else the next fault would hit a job that is about to restart. */
async function isOn(taskManagers: number): Promise<void> {
  await eventually(async () => expect(await job.width()).toEqual([taskManagers, taskManagers]));
}

describe("the job continues from its checkpoint, and writes each number once, when", () => {
  it("a TaskManager is deleted", async () => {
    const before = await uid("flink-taskmanager-1");
    await survives(job, () => release.kubectl("delete", "pod", "flink-taskmanager-1", "--wait=false"));
    await isOn(2);
    expect(await uid("flink-taskmanager-1")).not.toBe(before);
  });

  it("the JobManager that leads is killed: the other one takes over", async () => {
    const before = await leader(release);
    await survives(job, () =>
      release.kubectl("delete", "pod", before.name, "--grace-period=0", "--force", "--wait=false"),
    );
    expect((await leader(release)).uid).not.toBe(before.uid);
    await release.rolledOut();
    await isOn(2);
  });

  it("a TaskManager is killed for want of memory", async () => {
    const { restartCount } = await container("flink-taskmanager-0");
    // It grows until the kernel takes the largest process of the container, which is the JVM.
    const eat = () =>
      release.exec("flink-taskmanager-0", "bash", "-c", "for i in 1 2 3 4; do tail /dev/zero & done; wait");
    await survives(job, eat);
    await isOn(2);
    const after = await container("flink-taskmanager-0");
    expect(after.restartCount).toBeGreaterThan(restartCount);
    expect(after.lastState.terminated).toMatchObject({ reason: "OOMKilled", exitCode: 137 });
  });

  it("there are four TaskManagers instead of two, and two again", async () => {
    for (const replicas of [4, 2]) {
      await survives(job, async () => {
        const step = replicas === 4 ? 0 : 1;
        await release.follow("More and fewer TaskManagers", {}, step);
        await eventually(async () => expect(await job.width()).toEqual([replicas, replicas]));
      });
    }
  });
});
