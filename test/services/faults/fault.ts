import { expect, it } from "vitest";
import { printProblem } from "../../../src/core/findings/print-problems.ts";
import type { Problem } from "../../../src/core/findings/problem.ts";
import type { ShownProblem } from "../../support/expected-problems.ts";
import { planted } from "../../support/planted.ts";
import { runSluice } from "../../support/run-sluice.ts";
import { readFound, recordFound, stable } from "./found.ts";

type Env = Readonly<Record<string, string>>;

/** What is wrong, once it has been made so. */
export interface Situation {
  readonly env: Env;
  /** Makes it right again for the next one. */
  readonly undo?: () => Promise<unknown> | void;
}

/** A fault, how it is made with real servers, and what `sluice check` has to say of it. */
export interface Fault<Lab> {
  readonly name: string;
  readonly make: (lab: Lab) => Situation | Promise<Situation>;
  /** The only problem; undefined where it is harmless, or a warning. */
  readonly code?: string;
  /** Part of the hint of the problem, or of the warning; empty where there is none. */
  readonly hint: string;
}

/** What a check has printed as JSON. */
export interface Report {
  readonly milliseconds: number;
  readonly problems: readonly Problem[];
  readonly notices: readonly { readonly level: string; readonly text: string; readonly hint?: string }[];
}

/** The product's promise for any single fault. */
const promised = 10_000;

/** Runs `sluice check` as a process of its own. */
export async function checkIn(env: Env): Promise<{ readonly exitCode: number; readonly report: Report }> {
  const { exitCode, stdout, stderr } = await runSluice(["check", "--output", "json", "true"], { env });
  expect(stdout, stderr).toMatch(/^\{/);
  expect(stdout + stderr).not.toContain(planted);
  return { exitCode, report: JSON.parse(stdout) as Report };
}

/** One test for each fault. */
export function itFinds<Lab>(faults: readonly Fault<Lab>[], lab: () => Lab): void {
  it.each(faults)("$name: $code", async ({ name, make, code, hint }) => {
    const { env, undo } = await make(lab());
    try {
      const { exitCode, report } = await checkIn(env);
      const { problems, notices, milliseconds } = report;
      const codes = problems.map((problem) => problem.code);
      expect(codes, JSON.stringify(report, null, 2)).toEqual(code === undefined ? [] : [code]);
      expect(exitCode).toBe(exitCodeOf(code));
      expect(milliseconds).toBeLessThan(promised);
      const told = code === undefined ? notices.filter(({ level }) => level === "warning") : problems;
      expect(told.map((each) => each.hint).join("\n")).toContain(hint);
      for (const problem of problems) {
        const shown = shownOf(problem);
        if (process.env["UPDATE_GOLDEN"] === "1") recordFound(name, shown);
        expect(shown).toEqual(readFound()[name]);
      }
    } finally {
      await undo?.();
    }
  });
}

function shownOf(problem: Problem): ShownProblem {
  const [error = "", help = ""] = printProblem(problem).map((line) => stable(`sluice: ${line}`));
  return { code: problem.code, error, hint: help };
}

/** What a plan finds is the settings' fault. */
function exitCodeOf(code: string | undefined): number {
  if (code === undefined) return 0;
  return /^(kerberos|kafka|hadoop|search|tls|trust)\//.test(code) ? 78 : 69;
}
