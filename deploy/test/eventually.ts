import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again each second until it does not throw. After so many seconds, throws what it threw last; ten minutes are for machines on
 * which one container may take some to start.
 */
export async function eventually<T>(ask: () => Promise<T>, seconds = 600): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(1000);
    }
  }
}
