import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { problemCodes } from "../../scripts/reference-docs.ts";
import { planJson } from "../../src/core/plan/plan-json.ts";
import { printPlan } from "../../src/core/plan/print-plan.ts";
import { inRunDir } from "../../src/core/plan/run-dir.ts";
import { applyPlan } from "../../src/shell/run-dir/apply-plan.ts";
import { goldenSeed } from "../support/case-system.ts";
import { expectedProblems } from "../support/expected-problems.ts";
import { goldenCases } from "../support/golden-case.ts";
import { readable, stable } from "../support/golden-text.ts";
import { relocate, type RunCase, runCase, stderrOf } from "../support/run-case.ts";
import { expectApplied, expectUnchangedBySecondApply, failedApply } from "./laws/apply.ts";
import { hints } from "./laws/hints.ts";
import type { Law } from "./laws/law.ts";
import { validJson } from "./laws/schema.ts";
import { noSecret } from "./laws/secrets.ts";

// UPDATE_GOLDEN=1 writes what comes out as what is expected. Read the difference before it is committed.
const updates = process.env["UPDATE_GOLDEN"] === "1";

const cases = goldenCases();
const laws: readonly Law[] = [hints, validJson, noSecret, failedApply];

/** What only a defect could bring about; test/unit/core/merge-flink-conf.test.ts does. */
const defects: readonly string[] = ["flink-conf/conflict"];

it("every problem has a golden case", () => {
  const shown = new Set(cases.flatMap(expectedProblems).map(({ code }) => code));
  expect(problemCodes.filter((code) => !shown.has(code))).toEqual(defects);
});

describe("golden cases: one run gives what is expected and holds every law", () => {
  it.each(cases)("$name", (golden) => {
    let before: ReadonlyMap<string, string> = new Map();
    using run = runCase(golden, { prepare: (root) => void (before = root.snapshot()) });
    expect(run.root.snapshot(), "planning touches nothing, whether it fails or not").toEqual(before);
    for (const law of laws) law.check(run, golden);
    const actual = outcome(run);
    const expected = join(golden.folder, "expected");
    if (updates) writeTexts(expected, actual);
    expect(actual).toEqual(readTexts(expected));
    expect(run.planned.kind).toBe(expectedProblems(golden).length === 0 ? "plan" : "problems");
  });
});

/** Everything that a case produces, by its path below expected/. Applies the plan, once and again. */
function outcome(run: RunCase): ReadonlyMap<string, string> {
  const { planned, root } = run;
  const texts = new Map<string, string>();
  const problems = stable(stderrOf(planned), run);
  if (problems !== "") texts.set("problems.txt", problems);
  if (planned.kind === "problems") return texts;
  const { plan } = planned;
  texts.set("plan.txt", stable(printPlan(plan), run));
  const printed = planJson(planned);
  const existing = new Set(root.files());
  const before = root.snapshot();
  applyPlan(relocate(plan, root.path), () => goldenSeed);
  const after = root.snapshot();
  expectApplied(plan, printed, root, existing);
  expectUnchangedBySecondApply(plan, root);
  for (const path of root.files()) {
    if (after.get(path) === before.get(path) || path === inRunDir.seed(plan.runDir)) continue;
    // Where the plan names a link, the file that it leads to has changed.
    const file = plan.files.find((each) => realpathSync(root.at(each.path)) === realpathSync(root.at(path)));
    const name = file?.content.kind === "keystore" ? `files${path}.txt` : `files${path}`;
    texts.set(name, readable(root.at(path), file?.content, run));
  }
  return texts;
}

function readTexts(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

function writeTexts(folder: string, texts: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of texts) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
