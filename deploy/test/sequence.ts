import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { flinkHome } from "../../test/support/flink-home.ts";

const source = join(import.meta.dirname, "java/Sequence.java");

/** Compiles the job of java/Sequence.java into a jar in a folder, by the JDK's javac and jar. */
export async function buildSequence(folder: string): Promise<string> {
  const classes = join(folder, "classes");
  const jar = join(folder, "sequence.jar");
  mkdirSync(classes, { recursive: true });
  const classPath = join(await flinkHome("2.3.0"), "lib", "*");
  await execa("javac", ["-proc:none", "--release", "17", "-d", classes, "-cp", classPath, source]);
  await execa("jar", [
    "--create",
    "--date=2026-01-01T00:00:00Z",
    "--file",
    jar,
    "--main-class",
    "Sequence",
    "-C",
    classes,
    ".",
  ]);
  return jar;
}

/** What a look at the job's output has found. */
export interface Findings {
  readonly numbers: number;
  /** Numbers that were written more than once, and counts that a key has more than once. */
  readonly twice: number;
  /** Holes: in the numbers of a part of the sequence, or in the counts of a key. */
  readonly gaps: number;
}

/**
 * Looks for what is not there exactly once. The sequence was divided among so many readers; each has read its part in order,
 * so all numbers together are that many runs without a hole.
 */
export function inspect(lines: string, readers: number): Findings {
  const numbers: number[] = [];
  const counts = new Map<string, number[]>();
  for (const line of lines.split("\n")) {
    if (line === "") continue;
    const [number = "", key = "", count = ""] = line.split("\t");
    numbers.push(Number(number));
    const ofKey = counts.get(key) ?? [];
    ofKey.push(Number(count));
    counts.set(key, ofKey);
  }
  const all = runs(numbers);
  const keys = [...counts.values()].map(runs);
  const startLate = [...counts.values()].filter((ofKey) => Math.min(...ofKey) !== 1).length;
  const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
  return {
    numbers: numbers.length,
    twice: all.twice + sum(keys.map(({ twice }) => twice)),
    gaps: Math.max(all.runs - readers, 0) + sum(keys.map(({ runs: ofKey }) => ofKey - 1)) + startLate,
  };
}

/** How many runs of consecutive numbers there are, and how many numbers are there again. */
function runs(numbers: readonly number[]): { readonly runs: number; readonly twice: number } {
  const sorted = Float64Array.from(numbers).toSorted();
  let found = 0;
  let twice = 0;
  for (const [index, number] of sorted.entries()) {
    const before = index === 0 ? undefined : sorted[index - 1];
    if (number === before) twice += 1;
    else if (before === undefined || number !== before + 1) found += 1;
  }
  return { runs: found, twice };
}
