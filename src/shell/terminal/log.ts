import { writeSync } from "node:fs";

// process.stdout and console leave O_NONBLOCK on the descriptor, which the JVM would inherit; writeSync does not.
function write(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** What was asked for: a plan, the reference, the version. */
export function print(text: string): void {
  write(1, text);
}

/** One line for one thing done or wrong; all of them in one write. */
export function log(...lines: readonly string[]): void {
  write(2, lines.map((line) => `sluice: ${line}\n`).join(""));
}

/** Whether somebody may be watching. Leaves the descriptor as it is. */
export function isTerminal(descriptor: 1 | 2): boolean {
  return process.getBuiltinModule("node:tty").isatty(descriptor);
}
