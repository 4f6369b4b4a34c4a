import { mkdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { problemCodes } from "../../scripts/reference-docs.ts";
import { planJson } from "../../src/core/plan/plan-json.ts";
import type { Content, Plan } from "../../src/core/plan/plan.ts";
import { openSecret } from "../../src/secret.ts";
import { inRunDir } from "../../src/core/plan/run-dir.ts";
import { readKeystore } from "../../src/formats/keystore/keystore.ts";
import { applyPlan } from "../../src/shell/run-dir/apply-plan.ts";
import { CannotWrite } from "../../src/shell/run-dir/run-dir.ts";
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
  it.each(cases)("$name", (golden) => {
    let before: ReadonlyMap<string, string> = new Map();
    using run = runCase(golden, { prepare: (root) => void (before = root.snapshot()) });
    expect(run.root.snapshot()).toEqual(before);
    expect(run.planned.kind).toBe(good.includes(golden) ? "plan" : "problems");
  });
});

describe("every error has a hint that names its code", () => {
  it.each(cases.filter((each) => !good.includes(each)))("$name", (golden) => {
    using run = runCase(golden);
    const lines = stderrOf(run.planned).trimEnd().split("\n");
    const errors = lines.flatMap((line, index) => (line.startsWith("sluice: error: ") ? [index] : []));
    const hints = errors.map((index) => /^sluice: hint: .{3,} \[(.+)\]$/.exec(lines[index + 1] ?? "")?.[1]);
    expect(problemCodes).toEqual(expect.arrayContaining(hints));
    expect(lines.at(-1)).toBe(`sluice: ${errors.length} error${errors.length === 1 ? "" : "s"}; nothing was written`);
  });
});

describe("what is printed is what is applied, and applying twice changes nothing", () => {
  it.each(good)("$name", (golden) => {
    using run = runCase(golden);
    const plan = planOf(run.planned);
    const existing = new Set(run.root.files());
    applyPlan(relocate(plan, run.root.path), () => goldenSeed);
    // What is changed in place was there, perhaps behind a link.
    const planned = plan.files.filter(({ backup }) => backup === undefined).map(({ path }) => path);
    const made = run.root.files().filter((path) => !existing.has(path) && path !== inRunDir.seed(plan.runDir));
    expect(made).toEqual(planned.toSorted());
    const printed = JSON.parse(planJson(run.planned)) as PrintedPlan;
    for (const file of printed.files) expect(applied(file, plan, run.root)).toEqual(file);
    const links = printed.links.map(({ path }) => readlinkSync(run.root.at(path)));
    expect(links).toEqual(printed.links.map(({ target }) => target));

    // The lock comes and goes in the run dir, and changes that folder's time.
    const snapshot = () => new Map([...run.root.snapshot()].filter(([path]) => path !== plan.runDir));
    const before = snapshot();
    const again = applyPlan(relocate(plan, run.root.path), () => goldenSeed);
    expect(again).toMatchObject({ written: [], removed: [] });
    expect(snapshot()).toEqual(before);
  });
});

describe("a plan that cannot be applied leaves no file", () => {
  it.each(good)("$name", (golden) => {
    using run = runCase(golden);
    const plan = planOf(run.planned);
    const last = plan.files.findLast(({ backup }) => backup === undefined)?.path ?? "";
    mkdirSync(run.root.at(plan.runDir), { recursive: true, mode: 0o700 });
    mkdirSync(run.root.at(last), { recursive: true });
    const before = run.root.files();
    expect(() => applyPlan(relocate(plan, run.root.path), () => goldenSeed)).toThrow(CannotWrite);
    expect(run.root.files()).toEqual(before);
  });
});

interface PrintedPlan {
  readonly files: readonly PrintedFile[];
  readonly links: readonly { readonly path: string; readonly target: string }[];
}

/** See docs/plan.schema.json. */
interface PrintedFile {
  readonly path: string;
  readonly mode: string;
  readonly text?: string;
  readonly from?: string;
  readonly entries?: readonly { readonly kind: string; readonly alias: string }[];
  readonly inherited?: number;
}

function planOf(planned: ReturnType<typeof runCase>["planned"]): Plan {
  if (planned.kind === "plan") return planned.plan;
  throw new Error(stderrOf(planned));
}

/** What is printed of a file, with what is on the disk in its place wherever the two can be compared. */
function applied(printed: PrintedFile, plan: Plan, root: CaseRoot): PrintedFile {
  const { path, mode, text, from, entries } = printed;
  const bytes = readFileSync(root.at(path));
  const file = plan.files.find((each) => each.path === path);
  // What is written in place keeps the mode that it has.
  const isInPlace = file?.backup !== undefined;
  const onDisk = (statSync(root.at(path)).mode & 0o7777).toString(8).padStart(4, "0");
  return {
    ...printed,
    mode: isInPlace ? mode : onDisk,
    ...(text !== undefined && { text: masked(bytes.toString(), text) }),
    ...(from !== undefined && { from: bytes.equals(readFileSync(root.at(from))) ? from : "something else" }),
    ...(entries !== undefined && appliedEntries(printed, bytes, file?.content)),
  };
}

/** The text as it is printed, if it is the same but for its secrets. */
function masked(text: string, printed: string): string {
  const parts = printed.split(/<secret from [^>]*>/).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`).test(text) ? printed : text;
}

function appliedEntries({ entries = [], inherited = 0 }: PrintedFile, bytes: Uint8Array, content: Content | undefined) {
  const password = content?.kind === "keystore" ? content.password && openSecret(content.password) : undefined;
  const found = readKeystore(bytes, password).entries;
  const ours = found.slice(inherited);
  return {
    inherited: found.length - ours.length,
    entries: ours.map(({ kind, alias }, index) => ({ ...entries[index], kind, alias })),
  };
}
