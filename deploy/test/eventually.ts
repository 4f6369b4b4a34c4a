import { setTimeout as sleep } from "node:timers/promises";

/** Asks again each second until it does not throw. After two minutes, or as many seconds as are given, throws what it threw last. */
export async function eventually<T>(ask: () => Promise<T>, seconds = 120): Promise<T> {
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
