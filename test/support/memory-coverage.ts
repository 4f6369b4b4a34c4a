// node memory-coverage.ts COUNT SEED: which blocks of the memory model do the generated settings never reach? Prints JSON.
import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { memoryCorners, memorySettings } from "./memory-settings.ts";

interface Coverage {
  /** Functions, branches and loop bodies, as V8 counts them. */
  readonly blocks: number;
  readonly unreached: readonly string[];
}

const [numRuns = 0, seed = 0] = process.argv.slice(2).map(Number);
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
// Only what is loaded from now on is counted from its first line.
const { askModel } = await import("./memory-oracle.ts");
for (const question of [...memoryCorners, ...fc.sample(memorySettings, { numRuns, seed })]) {
  for (const version of ["2.3.0", "1.20.5"]) askModel(version, question);
}
const { result } = await session.post("Profiler.takePreciseCoverage");

const files = result.filter(({ url }) => /\/src\/flink\/memory\/[^/]*\.ts$/.test(url));
const ranges = files.flatMap(({ url, functions }) =>
  functions.flatMap((each) => each.ranges.map((range) => ({ url, ...range }))),
);
const unreached = ranges
  .filter(({ count }) => count === 0)
  .map(({ url, startOffset, endOffset }) => {
    // Node strips types by blanks, so that V8's offsets are the source's.
    const source = readFileSync(fileURLToPath(url), "utf8");
    const line = source.slice(0, startOffset).split("\n").length;
    return `${url.split("/").at(-1)}:${line}: ${source.slice(startOffset, Math.min(endOffset, startOffset + 100))}`;
  });
const coverage: Coverage & { readonly files: number } = { files: files.length, blocks: ranges.length, unreached };
process.stdout.write(`${JSON.stringify(coverage)}\n`);
