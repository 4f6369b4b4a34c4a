import type { Refusal } from "../../core/plan/assemble.ts";
import { ExitCode } from "../../core/findings/exit-code.ts";
import { unwritable } from "../../core/plan/merge-flink-conf.ts";
import type { Plan, TrustedCertificate } from "../../core/plan/plan.ts";
import { printNotice, printProblems } from "../../core/findings/print-problems.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { FormatError } from "../../formats/format-error.ts";
import { type Applied, applyPlan, type Taken } from "../../shell/run-dir/apply-plan.ts";
import { locate, replaceProcess } from "../../shell/process/exec.ts";
import type { JobConflict } from "../../shell/run-dir/job-links.ts";
import { log } from "../../shell/terminal/log.ts";
import { readOrMakeSeed } from "../../shell/run-dir/run-dir.ts";
import { startRecordFiles } from "../../shell/run-dir/start-record.ts";
import type { Seed } from "../../shell/run-dir/seed.ts";
import type { RunOptions } from "../arguments.ts";
import { type AttachedCommand, planAttached } from "./running-configuration.ts";
import { type Environment, planFor, systemFor } from "../prepare.ts";
import { tryNetwork } from "../check/try-network.ts";

/** Plans, applies, and becomes the command; returns only with the exit code of a failure. */
export function run({ command, configOf }: RunOptions, environment: Environment): ExitCode | Promise<ExitCode> {
  const attached = planAttached(command, environment, configOf);
  return attached === undefined ? prepareAndRun(command, environment) : runAttached(attached);
}

/** There is nothing to apply. */
function runAttached({ plan, environment }: AttachedCommand): ExitCode {
  logNotices(plan.notices, environment);
  return replaceProcess(locate(plan.exec, environment));
}

function prepareAndRun(command: readonly string[], environment: Environment): ExitCode | Promise<ExitCode> {
  const request = { command, environment };
  const system = systemFor(request);
  const planned = planFor(request, system);
  if (planned.kind === "problems") return refuse(planned, environment);
  const { plan } = planned;
  logNotices(plan.notices, environment);
  const start = () => applyAndStart(plan, environment) ?? prepareAndRun(command, environment);
  // Planning has refused any other value.
  if (environment["SLUICE_PREFLIGHT"] !== "network") return start();
  return tryNetwork(planned, system).then((found) => {
    if (found.problems.length === 0) return start();
    refuse({ kind: "problems", ...found }, environment);
    return ExitCode.unavailable;
  });
}

/** Undefined if another process has been started in the plan's role folder: the next plan takes another folder. */
function applyAndStart(plan: Plan, environment: Environment): ExitCode | undefined {
  const ready = locate(plan.exec, environment);
  const applied = apply(plan);
  if ("kind" in applied && applied.kind === "taken") return undefined;
  if ("code" in applied) return refuse({ kind: "problems", problems: [applied], notices: [] }, environment);
  if (logs("info", environment)) {
    log(
      ...plan.trusted.map(trustedLine),
      ...applied.written.map((path) => `wrote ${path}`),
      ...applied.removed.map((path) => `removed ${path}, left by an earlier start`),
      ...(applied.unchanged > 0 ? [`${applied.unchanged} files unchanged`] : []),
      `starting ${plan.exec.path}`,
    );
  }
  logNotices(applied.conflicts.map(conflictNotice), environment);
  return replaceProcess(ready);
}

function conflictNotice({ path, owner }: JobConflict): Notice {
  return {
    level: "warning",
    where: [path],
    text: `the ${owner.name} here, process ${owner.record.pid}, has other settings, and jobs that name this file use its settings`,
    hint: "give both processes the same variables, or set SLUICE_RUN_DIR to another folder for one of them",
  };
}

/** What is in a secret is only known now, and it may be something that a file format cannot say. */
function apply(plan: Plan): Applied | Taken | Problem {
  let known: Seed | undefined;
  const seed = () => (known ??= readOrMakeSeed(plan.runDir));
  try {
    return applyPlan(plan, seed, startRecordFiles(plan));
  } catch (error) {
    if (error instanceof FormatError) return unwritable(error);
    throw error;
  }
}

/** Says everything that is wrong. */
export function refuse(planned: Refusal, environment: Environment): ExitCode {
  logNotices(planned.notices, environment);
  logProblems(planned.problems);
  return ExitCode.settings;
}

function logProblems(problems: readonly Problem[]): void {
  for (const line of printProblems(problems)) log(line);
}

export function logNotices(notices: readonly Notice[], environment: Environment): void {
  for (const notice of notices) if (logs(notice.level, environment)) for (const line of printNotice(notice)) log(line);
}

const levels = ["info", "warning", "error"];

function logs(level: string, environment: Environment): boolean {
  return levels.indexOf(level) >= levels.indexOf(environment["SLUICE_LOG_LEVEL"] ?? "info");
}

function trustedLine({ certificate, service, source }: TrustedCertificate): string {
  const until = certificate.notAfter.toISOString().slice(0, 10);
  return `trust ${certificate.subject || "(no subject)"} for ${service}, SHA-256 ${certificate.sha256}, until ${until}, from ${source}`;
}
