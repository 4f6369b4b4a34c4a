import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A signal asked this process to end; what was begun has been taken away again. */
export class Interrupted extends Error {
  readonly signal: "SIGINT" | "SIGTERM";

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`stopped by ${signal}`);
    this.name = "Interrupted";
    this.signal = signal;
  }
}

/**
 * Does some work in a temporary folder below `parent`. SIGINT and SIGTERM abort the work, with an
 * {@link Interrupted} as the reason, which is then thrown.
 */
export async function inTemporaryFolder<T>(
  parent: string,
  work: (folder: string, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(parent, "sluice-"));
  const controller = new AbortController();
  const abort = (signal: "SIGINT" | "SIGTERM") => controller.abort(new Interrupted(signal));
  process.on("SIGINT", abort).on("SIGTERM", abort);
  try {
    return await work(folder, controller.signal);
  } finally {
    process.off("SIGINT", abort).off("SIGTERM", abort);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    controller.signal.throwIfAborted();
  }
}
