import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { eventually } from "../../testkit/eventually.ts";
import { Job } from "./job.ts";
import { cutOff, expendableNode, letIn, restoreNodes, running, unreachableSince } from "./nodes.ts";
import { leader, type Pod, pods } from "./pods.ts";
import { sleepingPod } from "./probe-pods.ts";
import { missing, run } from "./programs.ts";
import { Release } from "./release.ts";
import { survives } from "./survives.ts";

const absent = await missing(["helm", "kubectl"], true);
const found = absent === undefined ? await expendableNode() : { why: absent };
const node = "node" in found ? found.node : "";
const release = new Release(inject("namespace"));
const volume = "volume";
const onVolume = async (command: string) => (await release.exec(volume, "sh", "-c", command)).stdout;
const job = new Job({
  rest: (path) => release.rest(path),
  // By a pod on a node that stays, whichever TaskManagers there are.
  committed: () => onVolume("find /state/output -name 'part-*' ! -name '.*' -exec cat {} +"),
});
const heading = "When a node is lost";

beforeEach((context) => {
  if ("why" in found) context.skip(found.why);
});
beforeAll(async () => {
  if ("why" in found) return;
  await release.ensure();
  await release.start(volume, await sleepingPod(volume, {}, { claimName: "flink-state" }));
  await job.progresses();
});
afterAll(async () => {
  restoreNodes(release.namespace);
  if (!("why" in found)) await release.tryKubectl("delete", "pod", volume, "--ignore-not-found");
});

async function there(component: "jobmanager" | "taskmanager"): Promise<Pod | undefined> {
  return (await pods(release, component)).find((pod) => pod.node === node);
}

/** Sees to it that the node holds one pod of each kind. A new pod goes to the node without one of its kind. */
async function spread(): Promise<void> {
  for (const component of ["jobmanager", "taskmanager"] as const) {
    if ((await there(component)) === undefined) {
      const { uid } = await leader(release);
      const spare = (await pods(release, component)).find((pod) => pod.uid !== uid);
      await release.follow(heading, { pod: spare?.name ?? "" }, 2);
    }
    await release.rolledOut();
    expect((await pods(release, component)).filter((pod) => pod.node === node).length, component).toBe(1);
  }
}

/** Sees to it that the leader is on the node, or is not: the other pod goes, and comes back when the one that stays leads. */
async function lead(from: "the node" | "elsewhere"): Promise<void> {
  const before = await leader(release);
  if ((before.node === node) === (from === "the node")) return;
  await release.kubectl("annotate", "pod", before.name, "controller.kubernetes.io/pod-deletion-cost=-1");
  await release.kubectl("scale", "deployment/flink-jobmanager", "--replicas=1");
  await eventually(async () => expect((await leader(release)).uid).not.toBe(before.uid));
  await release.kubectl("scale", "deployment/flink-jobmanager", "--replicas=2");
  await release.rolledOut();
}

/** The writers of the job, each by what its files are named after, that have written since the last `look`. */
async function writing(): Promise<readonly string[]> {
  const names = await onVolume("find /state/output -name '.part-*' -newer /state/looked");
  return [...new Set(names.match(/(?<=\/\.part-)[0-9a-f-]{36}/g))].toSorted();
}
const look = () => onVolume("touch /state/looked");

/** Cuts the node off. Its TaskManager cannot know, and keeps writing to the volume that it shares with the other. */
async function cut(): Promise<void> {
  await look();
  const before = await eventually(async () => {
    const writers = await writing();
    expect(writers.length).toBe(2);
    return writers;
  });
  await cutOff(node, release.namespace);
  await look();
  // Before the JobManager misses it, after 26 s at the earliest.
  await eventually(async () => expect(await writing()).toEqual(before), 20);
}

const width = (wanted: number) => eventually(async () => expect(await job.width()).toEqual([wanted, wanted]));

describe("the job continues from its checkpoint, and writes each number once, when a node is cut off", () => {
  it("for a while: on the slots that are left, and on all of them when it is back", async () => {
    await spread();
    await lead("elsewhere");
    const before = await there("taskmanager");
    await survives(job, async () => {
      await cut();
      await width(1);
    });
    await survives(job, async () => {
      await letIn(node);
      await width(2);
    });
    expect(await there("taskmanager")).toMatchObject({ uid: before?.uid, restarts: before?.restarts });
  });

  it("with the JobManager that leads, permanently", async () => {
    await spread();
    await lead("the node");
    const jobManagers = await pods(release, "jobmanager");
    const lost = { leader: await leader(release), taskManager: await there("taskmanager") };
    await survives(job, async () => {
      await cut();
      await width(1);
    });
    expect((await leader(release)).uid).not.toBe(lost.leader.uid);
    await look();
    await job.progresses();
    expect((await writing()).length, "nobody else works for the old leader").toBe(1);

    const replacement = await eventually(async () => {
      const known = new Set(jobManagers.map(({ uid }) => uid));
      const pod = (await pods(release, "jobmanager")).find(({ uid, ready }) => ready && !known.has(uid));
      if (pod === undefined) throw new Error("no JobManager has taken the place of the lost one");
      return pod;
    });
    expect(replacement.node).not.toBe(node);
    const seconds = (replacement.created.getTime() - (await unreachableSince(node)).getTime()) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(30);
    expect(seconds).toBeLessThan(120);
    // The cluster cannot know whether this one runs, so there is no other.
    expect(await there("taskmanager")).toMatchObject({ uid: lost.taskManager?.uid, ready: false });
    expect(await job.width()).toEqual([1, 1]);

    await survives(job, async () => {
      await release.follow(heading, { node }, 0);
      await width(2);
    });
    const moved = (await pods(release, "taskmanager")).find(({ name }) => name === lost.taskManager?.name);
    expect(moved?.uid).not.toBe(lost.taskManager?.uid);
    expect(await there("taskmanager")).toBe(undefined);

    await letIn(node);
    await run("kubectl", ["wait", "--for=condition=Ready", `node/${node}`, "--timeout=600s"]);
    await release.follow(heading, { node }, 1);
    await eventually(async () => {
      const left = await running(node);
      for (const pod of [lost.leader, lost.taskManager]) expect(left).not.toContain(pod?.uid);
    });
    await survives(job, spread);
    await width(2);
    expect(await job.output()).toMatchObject({ twice: 0, gaps: 0 });
  });
});
