import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";

const logModule = join(import.meta.dirname, "../../../src/shell/terminal/log.ts");
const nonBlocking = 0o4000;

/** Runs code in a Node whose stdout is a pipe, and returns the pipe's flags afterwards, which Linux shows in octal. */
function pipeFlagsAfter(code: string): number {
  const readFlags = 'writeSync(2, readFileSync("/proc/self/fdinfo/1", "utf8"))';
  const script = `import { readFileSync, writeSync } from "node:fs"; ${code}; ${readFlags};`;
  const shell = '{ "$0" --input-type=module-typescript -e "$1" | cat >/dev/null; } 2>&1';
  const output = execFileSync("sh", ["-c", shell, process.execPath, script], { encoding: "utf8" });
  return Number.parseInt(/flags:\s+(\d+)/.exec(output)?.[1] ?? "", 8);
}

// macOS shows no descriptor's flags, so there is nothing to look at there.
describe.runIf(process.platform === "linux")("log and print", () => {
  it("leave the descriptor that the JVM will inherit blocking", () => {
    const code = `import { log, print } from ${JSON.stringify(logModule)}; print("x".repeat(100_000)); log("a line")`;
    expect(pipeFlagsAfter(code) & nonBlocking).toBe(0);
  });

  it("would not if they used process.stdout", () => {
    expect(pipeFlagsAfter('process.stdout.write("x")') & nonBlocking).toBe(nonBlocking);
  });
});
