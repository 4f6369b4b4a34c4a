import { setTimeout as sleep } from "node:timers/promises";

/** Ends the waiting at once: asking again cannot help, for example because the process has ended. */
export class GaveUp extends Error {
  override readonly name = "GaveUp";
}

/** Asks until the answer is right, or the time is over. Returns the last answer, so that an assertion can show it. */
export async function askUntil<T>(
  ask: () => Promise<T>,
  isRight: (answer: T) => boolean,
  seconds = 120,
  pauseMs = 500,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || performance.now() > deadline) return answer;
    await sleep(pauseMs);
  }
}

/**
 * Asks again until the question does not throw. Default: ten minutes, because some machines need minutes to start a container.
 * @throws what was thrown last, or {@link GaveUp} at once
 */
export async function eventually<T>(ask: () => Promise<T>, seconds = 600, pauseMs = 1000): Promise<T> {
  const settle = async () => (await Promise.allSettled([ask()]))[0];
  const isOver = (result: PromiseSettledResult<T>) => result.status === "fulfilled" || result.reason instanceof GaveUp;
  const result = await askUntil(settle, isOver, seconds, pauseMs);
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

export interface Patience {
  /** Default: 240. */
  readonly seconds?: number;
  /** Default: 500. */
  readonly pauseMs?: number;
  /** Added to the message of a failure, such as the last lines of a log. */
  readonly details?: () => string | Promise<string>;
}

/**
 * Waits until a condition holds; a condition that throws does not hold yet.
 * @throws Error with what was awaited, the last error and the details
 */
export async function waitUntil(
  what: string,
  holds: () => Promise<boolean>,
  { seconds = 240, pauseMs = 500, details = () => "" }: Patience = {},
): Promise<void> {
  const ask = async () => {
    if (!(await holds())) throw new Error("not yet");
  };
  try {
    await eventually(ask, seconds, pauseMs);
  } catch (error) {
    const why = error instanceof GaveUp ? error.message : `not in ${seconds} s: ${described(error)}`;
    throw new Error(`${what}: ${why}\n${await details()}`, { cause: error });
  }
}

function described(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(String).join("; ") : String(error);
}
