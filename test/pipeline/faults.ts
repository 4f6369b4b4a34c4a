import { setTimeout as sleep } from "node:timers/promises";
import { withProgress } from "../support/progress.ts";
import type { HaFlink } from "./ha-flink.ts";
import type { Stand } from "./stand.ts";

/** How long the KDC is away. Long enough for logins to fail, and for those who wait for it to give up. */
const kdcAwayMs = 60_000;

/** Something that happens to a pipeline while it runs. */
export interface Fault {
  readonly name: string;
  happen(): Promise<void>;
}

/** All that a pipeline has to endure, in this order. */
export function faults(stand: Stand, flink: HaFlink, rotateKey: () => void): readonly Fault[] {
  const { kdc, kafka, proxy } = stand;
  const killTaskManager = () => flink.taskManager.kill();
  const refused = async (status: 503 | 429) => {
    const before = proxy.answers.get(status) ?? 0;
    proxy.refuse(status);
    await flink.until(`answers ${status}`, async () => (proxy.answers.get(status) ?? 0) >= before + 4);
    proxy.refuse(undefined);
  };
  return [
    { name: "the TaskManager is killed", happen: killTaskManager },
    { name: "Elasticsearch answers 503", happen: () => refused(503) },
    { name: "Elasticsearch answers 429", happen: () => refused(429) },
    {
      name: "the KDC is away for a minute, and the TaskManager is killed meanwhile",
      happen: async () => {
        await kdc.pause();
        await killTaskManager();
        await sleep(kdcAwayMs);
        await kdc.resume();
      },
    },
    {
      name: "the broker is restarted",
      happen: async () => {
        await kafka.stop();
        await kafka.restart();
      },
    },
    { name: "the key is rotated", happen: async () => rotateKey() },
    {
      name: "the JobManager that leads is killed",
      happen: async () => {
        const { leader } = flink;
        if (leader === undefined) throw new Error("no JobManager leads");
        await leader.kill();
        await flink.until("other leader", async () => ![undefined, leader].includes(flink.leader));
      },
    },
    { name: "the TaskManager is killed once more", happen: killTaskManager },
  ];
}

/** Lets one after the other happen, each when the job has recovered from the one before: it completes checkpoints again. */
export async function endure(all: readonly Fault[], flink: HaFlink): Promise<readonly string[]> {
  const endured: string[] = [];
  await withProgress("the first checkpoint", () => flink.nextCheckpoint());
  for (const fault of all) {
    await withProgress(fault.name, async () => {
      await fault.happen();
      await flink.nextCheckpoint();
    });
    endured.push(fault.name);
  }
  return endured;
}
