import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ShownProblem } from "../../support/expected-problems.ts";

const path = join(import.meta.dirname, "found.json");

/** What each fault's only problem looks like, by the fault's name. docs/problems.md shows it. */
export type Found = Readonly<Record<string, ShownProblem>>;

export function readFound(): Found {
  return JSON.parse(readFileSync(path, "utf8")) as Found;
}

/** Adds what was found, under UPDATE_GOLDEN=1. Read the difference before it is committed. */
export function recordFound(name: string, shown: ShownProblem): void {
  const all = Object.entries({ ...readFound(), [name]: shown });
  const sorted = all.toSorted(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

/** The two lines of a problem, without what is another one each time: folders, ports, days. */
export function stable(text: string): string {
  return text
    .replaceAll(/(?:\/[\w.-]+)*\/sluice-test-\w+/g, "/mounted")
    .replaceAll(/(?<=\/mounted\/)file-\d+/g, "file")
    .replaceAll(/:\d{4,5}\b/g, ":9999")
    .replaceAll(/\bport \d{4,5}\b/g, "port 9999")
    .replaceAll(/\b\d{4}-\d\d-\d\d\b/g, "2026-06-15")
    .replaceAll(/\b\d{3} s\b/g, "600 s");
}
