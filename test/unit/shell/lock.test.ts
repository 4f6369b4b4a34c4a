import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { underLock } from "../../../src/shell/files/lock.ts";
import { processFacts } from "../../../src/shell/process/process-facts.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

beforeEach((context) => {
  if (process.platform !== "linux") context.skip("there is no /proc on this system");
});

const source = join(import.meta.dirname, "../../../src/shell/files/lock.ts");

/** Adds one to a file, a hundred times, each time under the lock. */
function counter(folder: string, file: string): ChildProcess {
  const script = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { underLock } from ${JSON.stringify(source)};
    for (let i = 0; i < 100; i++) {
      underLock(${JSON.stringify(folder)}, () => {
        const count = Number(readFileSync(${JSON.stringify(file)}, "utf8"));
        writeFileSync(${JSON.stringify(file)}, String(count + 1));
      });
    }`;
  return spawn(process.execPath, ["--input-type=module-typescript", "-e", script], { stdio: "inherit" });
}

describe("underLock", () => {
  it("lets one process at a time in", async () => {
    using folder = temporaryFolder();
    const file = folder.at("count");
    writeFileSync(file, "0");
    const counters = [1, 2, 3, 4].map(() => counter(folder.path, file));
    await Promise.all(counters.map((each) => once(each, "exit")));
    expect(counters.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(file, "utf8")).toBe("400");
    expect(readdirSync(folder.path)).toEqual(["count"]);
  });

  it("takes over the lock of a process that has ended", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at(`lock.${process.pid}.1`), "");
    const inside = underLock(folder.path, () => readdirSync(folder.path));
    expect(inside).toEqual([`lock.${process.pid}.${processFacts(process.pid)?.startTime}`]);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});
