import { join } from "node:path";

/** The environment of a Node whose clock is off by so many seconds. */
export function shiftedClock(seconds: number): Readonly<Record<string, string>> {
  const script = join(import.meta.dirname, "shifted-clock.cjs");
  return { NODE_OPTIONS: `--require ${script}`, SHIFTED_CLOCK: String(seconds) };
}
