import { mkdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { expect } from "vitest";
import type { Content, Plan } from "../../../src/core/plan/plan.ts";
import { inRunDir } from "../../../src/core/plan/run-dir.ts";
import { readKeystore } from "../../../src/formats/keystore/keystore.ts";
import { openSecret } from "../../../src/secret.ts";
import { applyPlan } from "../../../src/shell/run-dir/apply-plan.ts";
import { CannotWrite } from "../../../src/shell/run-dir/run-dir.ts";
import type { CaseRoot } from "../../support/case-root.ts";
import { goldenDerive, goldenSeed } from "../../support/case-system.ts";
import { relocate } from "../../support/run-case.ts";
import type { Law } from "./law.ts";

/** Leaves the root with the same files and folders as before. */
export const failedApply: Law = {
  name: "a plan that cannot be applied leaves no file",
  check({ planned, root }) {
    if (planned.kind === "problems") return;
    const { plan } = planned;
    const last = plan.files.findLast(({ backup }) => backup === undefined)?.path ?? "";
    const obstacles = [
      mkdirSync(root.at(plan.runDir), { recursive: true, mode: 0o700 }),
      mkdirSync(root.at(last), { recursive: true }),
    ];
    const before = root.files();
    expect(() => applyPlan(relocate(plan, root.path), () => goldenSeed), this.name).toThrow(CannotWrite);
    expect(root.files(), this.name).toEqual(before);
    for (const made of obstacles) if (made !== undefined) rmSync(made, { recursive: true, force: true });
  },
};

/** Applies the plan, which stays applied. `existing` are the files of the case. */
export function expectApplied(plan: Plan, printedPlan: string, root: CaseRoot, existing: ReadonlySet<string>): void {
  const law = "what is printed is what is applied";
  // What is changed in place was there, perhaps behind a link.
  const expected = plan.files.filter(({ backup }) => backup === undefined).map(({ path }) => path);
  const made = root.files().filter((path) => !existing.has(path) && path !== inRunDir.seed(plan.runDir));
  expect(made, law).toEqual(expected.toSorted());
  const printed = JSON.parse(printedPlan) as PrintedPlan;
  for (const file of printed.files) expect(applied(file, plan, root), law).toEqual(file);
  const links = printed.links.map(({ path }) => readlinkSync(root.at(path)));
  expect(links, law).toEqual(printed.links.map(({ target }) => target));
}

export function expectUnchangedBySecondApply(plan: Plan, root: CaseRoot): void {
  const law = "applying twice changes nothing";
  // The lock comes and goes in the run dir, and changes that folder's time.
  const snapshot = () => new Map([...root.snapshot()].filter(([path]) => path !== plan.runDir));
  const before = snapshot();
  const again = applyPlan(relocate(plan, root.path), () => goldenSeed);
  expect(again, law).toMatchObject({ written: [], removed: [] });
  expect(snapshot(), law).toEqual(before);
}

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
  const password =
    content?.kind === "keystore" ? content.password && openSecret(content.password, goldenDerive) : undefined;
  const found = readKeystore(bytes, password).entries;
  const ours = found.slice(inherited);
  return {
    inherited: found.length - ours.length,
    entries: ours.map(({ kind, alias }, index) => ({ ...entries[index], kind, alias })),
  };
}
