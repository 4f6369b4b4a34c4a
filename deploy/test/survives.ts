import { expect } from "vitest";
import { eventually } from "../../testkit/eventually.ts";
import type { Job } from "./job.ts";

/** Does something to the release, and waits until the job continues from a checkpoint that it had before. */
export async function survives(job: Job, fault: () => Promise<unknown>): Promise<void> {
  const before = await job.progresses();
  const id = await job.running();
  await fault();
  const after = await eventually(async () => {
    const found = await job.progresses();
    if (!(found.counts.restored > 0 && newer(found.latest.restored, before.latest.completed))) {
      throw new Error(`not restored: ${JSON.stringify(found.latest)}`);
    }
    return found;
  });
  expect(await job.running()).toBe(id);
  expect(after.latest.completed?.id).toBeGreaterThan(before.latest.completed?.id ?? 0);
  expect(await job.output()).toMatchObject({ twice: 0, gaps: 0 });
}

const newer = (restored: { id: number } | null, than: { id: number } | null) => (restored?.id ?? 0) >= (than?.id ?? 0);
