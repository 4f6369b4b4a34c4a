import { mkdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { problemCodes } from "../../scripts/reference-docs.ts";
import { planJson } from "../../src/core/plan-json.ts";
import type { Plan } from "../../src/core/plan.ts";
import { openSecret } from "../../src/core/secret.ts";
import { inRunDir } from "../../src/core/run-dir.ts";
import { readKeystore } from "../../src/formats/keystore.ts";
import { applyPlan } from "../../src/shell/apply-plan.ts";
import { CannotWrite } from "../../src/shell/run-dir.ts";
import type { CaseRoot } from "../support/case-root.ts";
import { goldenSeed } from "../support/case-system.ts";
import { expectedProblems } from "../support/expected-problems.ts";
import { goldenCases } from "../support/golden-case.ts";
import { relocate, runCase, stderrOf } from "../support/run-case.ts";

const cases = goldenCases();
const good = cases.filter((golden) => expectedProblems(golden).length === 0);

/** What only a defect could bring about; test/unit/core/merge-flink-conf.test.ts does. */
const defects: readonly string[] = ["flink-conf/conflict"];

it("every problem has a golden case", () => {
  const shown = new Set(cases.flatMap(expectedProblems).map(({ code }) => code));
  expect(problemCodes.filter((code) => !shown.has(code))).toEqual(defects);
});

describe("planning touches nothing, whether it fails or not", () => {
  for (const golden of cases) {
    it(golden.name, () => {
      let before: ReadonlyMap<string, string> = new Map();
      using run = runCase(golden, { prepare: (root) => void (before = root.snapshot()) });
      expect(run.root.snapshot()).toEqual(before);
      expect(run.planned.kind).toBe(good.includes(golden) ? "plan" : "problems");
    });
  }
});

describe("every error has a hint that names its code", () => {
  for (const golden of cases.filter((each) => !good.includes(each))) {
    it(golden.name, () => {
      using run = runCase(golden);
      const lines = stderrOf(run.planned).trimEnd().split("\n");
      const errors = lines.flatMap((line, index) => (line.startsWith("sluice: error: ") ? [index] : []));
      const hints = errors.map((index) => /^sluice: hint: .{3,} \[(.+)\]$/.exec(lines[index + 1] ?? "")?.[1]);
      expect(problemCodes).toEqual(expect.arrayContaining(hints));
      expect(lines.at(-1)).toBe(`sluice: ${errors.length} error${errors.length === 1 ? "" : "s"}; nothing was written`);
    });
  }
});

describe("what is printed is what is applied, and applying twice changes nothing", () => {
  for (const golden of good) {
    it(golden.name, () => {
      using run = runCase(golden);
      const plan = planOf(run.planned);
      const existing = new Set(run.root.files());
      applyPlan(relocate(plan, run.root.path), () => goldenSeed);
      // What is changed in place was there, perhaps behind a link.
      const planned = plan.files.filter(({ backup }) => backup === undefined).map(({ path }) => path);
      const made = run.root.files().filter((path) => !existing.has(path) && path !== inRunDir.seed(plan.runDir));
      expect(made).toEqual(planned.toSorted());
      const printed = JSON.parse(planJson(run.planned)) as PrintedPlan;
      for (const file of printed.files) compareFile(file, plan, run.root);
      const links = printed.links.map(({ path }) => readlinkSync(run.root.at(path)));
      expect(links).toEqual(printed.links.map(({ target }) => target));

      const before = run.root.snapshot();
      const again = applyPlan(relocate(plan, run.root.path), () => goldenSeed);
      expect(again).toMatchObject({ written: [], removed: [] });
      expect(run.root.snapshot()).toEqual(before);
    });
  }
});

describe("a plan that cannot be applied leaves no file", () => {
  for (const golden of good) {
    it(golden.name, () => {
      using run = runCase(golden);
      const plan = planOf(run.planned);
      const last = plan.files.findLast(({ backup }) => backup === undefined)?.path ?? "";
      mkdirSync(run.root.at(plan.runDir), { recursive: true, mode: 0o700 });
      mkdirSync(run.root.at(last), { recursive: true });
      const before = run.root.files();
      expect(() => applyPlan(relocate(plan, run.root.path), () => goldenSeed)).toThrow(CannotWrite);
      expect(run.root.files()).toEqual(before);
    });
  }
});

interface PrintedPlan {
  readonly files: readonly PrintedFile[];
  readonly links: readonly { readonly path: string; readonly target: string }[];
}

interface PrintedFile {
  readonly path: string;
  readonly mode: string;
  readonly text?: string;
  readonly from?: string;
  readonly entries?: readonly unknown[];
  readonly inherited?: number;
}

function planOf(planned: ReturnType<typeof runCase>["planned"]): Plan {
  if (planned.kind === "plan") return planned.plan;
  throw new Error(stderrOf(planned));
}

function compareFile(printed: PrintedFile, plan: Plan, root: CaseRoot): void {
  const { path, mode, text, from, entries, inherited = 0 } = printed;
  const bytes = readFileSync(root.at(path));
  const file = plan.files.find((each) => each.path === path);
  if (file?.backup === undefined) expect(statSync(root.at(path)).mode & 0o7777).toBe(Number.parseInt(mode, 8));
  if (text !== undefined) expect(bytes.toString()).toMatch(patternOf(text));
  if (from !== undefined) expect(bytes).toEqual(readFileSync(root.at(from)));
  if (entries !== undefined && file?.content.kind === "keystore") {
    const { password } = file.content;
    const applied = readKeystore(bytes, password && openSecret(password)).entries;
    expect(applied).toHaveLength(inherited + entries.length);
    expect(applied.slice(inherited)).toMatchObject(file.content.entries.map(({ kind, alias }) => ({ kind, alias })));
  }
}

/** The text with anything in place of its secrets. */
function patternOf(text: string): RegExp {
  const parts = text.split(/<secret from [^>]*>/).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`);
}
