import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { printPlan } from "../../src/core/plan/print-plan.ts";
import { inRunDir } from "../../src/core/plan/run-dir.ts";
import { applyPlan } from "../../src/shell/run-dir/apply-plan.ts";
import { goldenSeed } from "../support/case-system.ts";
import { goldenCases } from "../support/golden-case.ts";
import { readable, stable } from "../support/golden-text.ts";
import { relocate, type RunCase, runCase, stderrOf } from "../support/run-case.ts";

// UPDATE_GOLDEN=1 writes what comes out as what is expected. Read the difference before it is committed.
const updates = process.env["UPDATE_GOLDEN"] === "1";

describe("golden cases", () => {
  it.each(goldenCases())("$name", (golden) => {
    using run = runCase(golden);
    const actual = outcome(run);
    const expected = join(golden.folder, "expected");
    if (updates) writeTexts(expected, actual);
    expect(actual).toEqual(readTexts(expected));
  });
});

/** Everything that a case produces, by its path below expected/. */
function outcome(run: RunCase): ReadonlyMap<string, string> {
  const { planned, root } = run;
  const texts = new Map<string, string>();
  const problems = stable(stderrOf(planned), run);
  if (problems !== "") texts.set("problems.txt", problems);
  if (planned.kind === "problems") return texts;
  texts.set("plan.txt", stable(printPlan(planned.plan), run));
  const before = root.snapshot();
  const plan = relocate(planned.plan, root.path);
  applyPlan(plan, () => goldenSeed);
  const after = root.snapshot();
  for (const path of root.files()) {
    if (after.get(path) === before.get(path) || path === inRunDir.seed(planned.plan.runDir)) continue;
    // Where the plan names a link, the file that it leads to has changed.
    const file = planned.plan.files.find((each) => realpathSync(root.at(each.path)) === realpathSync(root.at(path)));
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
