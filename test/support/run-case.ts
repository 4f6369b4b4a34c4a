import { join } from "node:path";
import type { Planned } from "../../src/core/plan/assemble.ts";
import { makePlan } from "../../src/core/plan/make-plan.ts";
import type { Plan } from "../../src/core/plan/plan.ts";
import { printNotice, printProblems } from "../../src/core/findings/print-problems.ts";
import type { System } from "../../src/core/system/system.ts";
import { features } from "../../src/features/index.ts";
import { roleOf } from "../../src/flink/recognise-command.ts";
import { launcher } from "../../src/flink/launcher.ts";
import { CaseRoot } from "./case-root.ts";
import { caseSystem } from "./case-system.ts";
import type { GoldenCase } from "./golden-case.ts";

/** A golden case in its temporary folder, and what was planned for it. */
export interface RunCase extends Disposable {
  readonly root: CaseRoot;
  readonly system: System;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly planned: Planned;
}

/** What a law changes of a case before it runs. */
export interface Variation {
  readonly environment?: Readonly<Record<string, string>>;
  readonly arguments?: readonly string[];
  readonly prepare?: (root: CaseRoot) => void;
}

/** Prepares a case and plans it. Touches the temporary folder only to prepare it. */
export function runCase(golden: GoldenCase, variation: Variation = {}): RunCase {
  const root = new CaseRoot(golden);
  variation.prepare?.(root);
  const environment = { ...golden.environment, ...variation.environment };
  const system = caseSystem(root, environment, golden.options);
  const command = [...(golden.options.command ?? ["jobmanager"]), ...(variation.arguments ?? [])];
  const { flinkVersion } = golden.options;
  const launch = launcher(system, environment);
  const planned = makePlan({ command, environment, features, system, launch, roleOf, flinkVersion });
  return { root, system, command, environment, planned, [Symbol.dispose]: () => root[Symbol.dispose]() };
}

/** What goes to stderr before anything is applied. */
export function stderrOf(planned: Planned): string {
  const notices = planned.kind === "plan" ? planned.plan.notices : planned.notices;
  const problems = planned.kind === "plan" ? [] : printProblems(planned.problems);
  return [...notices.flatMap(printNotice), ...problems].map((line) => `sluice: ${line}\n`).join("");
}

/** The plan with everything that it writes moved below a folder; what it says stays. */
export function relocate(plan: Plan, root: string): Plan {
  return {
    ...plan,
    runDir: join(root, plan.runDir),
    roleDir: join(root, plan.roleDir),
    files: plan.files.map(({ backup, ...file }) => ({
      ...file,
      path: join(root, file.path),
      ...(backup !== undefined && { backup: join(root, backup) }),
    })),
    links: plan.links.map((link) => ({ ...link, path: join(root, link.path) })),
  };
}
