import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { eventually } from "./eventually.ts";
import { Job } from "./job.ts";
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
  await job.progresses();
});

/** Does something to the release, and waits until the job goes on from a checkpoint that it had before. */
async function survives(fault: () => Promise<unknown>, restarts = true): Promise<void> {
  const id = await job.running();
  const before = await job.progresses();
  await fault();
  const after = await eventually(async () => {
    const found = await job.progresses();
    if (restarts && !(found.counts.restored > 0 && newer(found.latest.restored, before.latest.completed))) {
      throw new Error(`not restored: ${JSON.stringify(found.latest)}`);
    }
    return found;
  }, 300);
  expect(await job.running()).toBe(id);
  expect(after.latest.completed?.id).toBeGreaterThan(before.latest.completed?.id ?? 0);
  expect(await job.output()).toMatchObject({ twice: 0, gaps: 0 });
}

const newer = (restored: { id: number } | null, than: { id: number } | null) => (restored?.id ?? 0) >= (than?.id ?? 0);

async function uid(pod: string): Promise<string> {
  return release.kubectl("get", "pod", pod, "--output=jsonpath={.metadata.uid}");
}

/** The JobManager that leads, by the address that it has written. */
async function leader(): Promise<string> {
  const configMap = await release.kubectl("get", "configmap", "flink-cluster-config-map", "--output=jsonpath={.data}");
  const [, address = ""] = /@(\d+\.\d+\.\d+\.\d+):6123\/user\/rpc\/dispatcher/.exec(configMap) ?? [];
  const template = '{range .items[*]}{.status.podIP} {.metadata.name}{"\\n"}{end}';
  const pods = await release.kubectl("get", "pods", `--output=jsonpath=${template}`);
  const name = pods.split("\n").find((line) => line.startsWith(`${address} `));
  if (name === undefined) throw new Error(`no pod has the leader's address: ${configMap}\n${pods}`);
  return name.split(" ")[1] ?? "";
}

interface ContainerStatus {
  readonly restartCount: number;
  readonly lastState: { readonly terminated?: { readonly reason: string; readonly exitCode: number } };
}

async function container(pod: string): Promise<ContainerStatus> {
  const status = await release.kubectl("get", "pod", pod, "--output=jsonpath={.status.containerStatuses[0]}");
  return JSON.parse(status) as ContainerStatus;
}

describe("the job goes on from its checkpoint, and writes each number once, when", () => {
  it("a TaskManager is deleted", { timeout: 400_000 }, async () => {
    const before = await uid("flink-taskmanager-1");
    await survives(() => release.kubectl("delete", "pod", "flink-taskmanager-1"));
    expect(await uid("flink-taskmanager-1")).not.toBe(before);
  });

  it("the JobManager that leads is killed: the other one takes over", { timeout: 400_000 }, async () => {
    const before = await leader();
    await survives(() => release.kubectl("delete", "pod", before, "--grace-period=0", "--force"));
    expect(await leader()).not.toBe(before);
    await release.rolledOut();
  });

  it("a TaskManager is killed for want of memory", { timeout: 400_000 }, async () => {
    const { restartCount } = await container("flink-taskmanager-0");
    // It grows until the kernel takes the largest process of the container, which is the JVM.
    const eat = () =>
      release.exec("flink-taskmanager-0", "bash", "-c", "for i in 1 2 3 4; do tail /dev/zero & done; wait");
    await survives(eat);
    const after = await container("flink-taskmanager-0");
    expect(after.restartCount).toBeGreaterThan(restartCount);
    expect(after.lastState.terminated).toMatchObject({ reason: "OOMKilled", exitCode: 137 });
  });

  it("there are four TaskManagers instead of two, and two again", { timeout: 600_000 }, async () => {
    const slots = async () => (await release.rest<{ "slots-total": number }>("/overview"))["slots-total"];
    const parallelism = async () => {
      const { vertices } = await release.rest<{ vertices: { parallelism: number }[] }>(`/jobs/${await job.running()}`);
      return Math.max(...vertices.map((vertex) => vertex.parallelism));
    };
    for (const replicas of [4, 2]) {
      await survives(async () => {
        const step = replicas === 4 ? 0 : 1;
        await release.follow("More and fewer TaskManagers", {}, step);
        await eventually(async () => expect([await slots(), await parallelism()]).toEqual([replicas, replicas]), 240);
      });
    }
  });

  it("a value is changed, and changed back", { timeout: 900_000 }, async () => {
    const interval = async () => {
      const { interval: milliseconds } = await release.rest<{ interval: number }>(
        `/jobs/${await job.running()}/checkpoints/config`,
      );
      return milliseconds;
    };
    await survives(async () => {
      await release.follow("Upgrade", {}, 0);
      await release.rolledOut();
    });
    const logged = await release.kubectl("get", "configmap", "flink-configuration", "--output=jsonpath={.data}");
    expect(logged).toContain("rootLogger.level = WARN");
    await survives(async () => {
      await release.follow("Upgrade", {}, 1);
      await release.rolledOut();
    });
    expect(await interval()).toBe(5000);
    const back = await release.kubectl("get", "configmap", "flink-configuration", "--output=jsonpath={.data}");
    expect(back).toContain("rootLogger.level = INFO");
  });

  it("all certificates are made anew", { timeout: 900_000 }, async () => {
    await survives(async () => {
      await release.follow("Rotate certificates, keytabs and keys");
      // The one who asks has to have the new one too.
      await release.startClient(2);
      await release.rolledOut();
    });
    expect(await release.kubectl("get", "secrets", "--output=name")).toContain("secret/flink-internal-tls-2");
  });
});

describe("docs/kubernetes.md", () => {
  it("stops the job with a savepoint, and begins another one that goes on there", { timeout: 900_000 }, async () => {
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

  it("begins again on the volume of a release that is gone", { timeout: 900_000 }, async () => {
    const before = await job.output();
    await release.follow("Disaster recovery", {}, 0);
    const checkpoint = await release.newestCheckpoint();
    await release.follow("Disaster recovery", { checkpoint }, 1);
    await release.startClient(1);
    const { latest } = await job.progresses();
    expect(latest.restored?.external_path).toBe(checkpoint);
    const after = await job.output();
    expect(after).toMatchObject({ twice: 0, gaps: 0 });
    expect(after.numbers).toBeGreaterThan(before.numbers);
  });
});
