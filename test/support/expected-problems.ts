import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GoldenCase } from "./golden-case.ts";

/** A problem as a golden case expects it on stderr. */
export interface ShownProblem {
  readonly code: string;
  readonly error: string;
  readonly hint: string;
}

/** The problems, not the warnings, in a case's expected/problems.txt. */
export function expectedProblems({ folder }: GoldenCase): readonly ShownProblem[] {
  const path = join(folder, "expected", "problems.txt");
  if (!existsSync(path)) return [];
  const pairs = readFileSync(path, "utf8").matchAll(/^(sluice: error: .+)\n(sluice: hint: .+ \[(.+)\])$/gm);
  return [...pairs].map(([, error = "", hint = "", code = ""]) => ({ code, error, hint }));
}
