import type { Refusal } from "../core/assemble.ts";
import { ExitCode } from "../core/exit-code.ts";
import { unwritable } from "../core/merge-flink-conf.ts";
import type { Plan, TrustedCertificate } from "../core/plan.ts";
import { printNotice, printProblems } from "../core/print-problems.ts";
import type { Notice, Problem } from "../core/problem.ts";
import { FormatError } from "../formats/format-error.ts";
import { type Applied, applyPlan } from "../shell/apply-plan.ts";
import { locate, replaceProcess } from "../shell/exec.ts";
import { log } from "../shell/log.ts";
import { readOrMakeSeed } from "../shell/run-dir.ts";
import { startRecordFiles } from "../shell/start-record.ts";
import type { Seed } from "../shell/seed.ts";
import { type Beside, planBeside } from "./beside.ts";
import { type Environment, planFor, systemFor } from "./prepare.ts";
import { tryNetwork } from "./try-network.ts";

/** Plans, applies, and becomes the command; returns only with the exit code of a failure. */
export function run(command: readonly string[], environment: Environment): ExitCode | Promise<ExitCode> {
  const beside = planBeside(command, environment);
  return beside === undefined ? prepareAndRun(command, environment) : runBeside(beside);
}

/** There is nothing to apply. */
function runBeside({ plan, environment }: Beside): ExitCode {
  logNotices(plan.notices, environment);
  return replaceProcess(locate(plan.exec, environment));
}

function prepareAndRun(command: readonly string[], environment: Environment): ExitCode | Promise<ExitCode> {
  let known: Seed | undefined;
  let runDir = "";
  const request = { command, environment, seed: () => (known ??= readOrMakeSeed(runDir)) };
  const system = systemFor(request);
  const planned = planFor(request, system);
  if (planned.kind === "problems") return refuse(planned, environment);
  const { plan } = planned;
  ({ runDir } = plan);
  logNotices(plan.notices, environment);
  const start = () => applyAndStart(plan, request.seed, environment);
  // Planning has refused any other value.
  if (environment["SLUICE_PREFLIGHT"] !== "network") return start();
  return tryNetwork(planned, system).then((found) => {
    if (found.problems.length === 0) return start();
    refuse({ kind: "problems", ...found }, environment);
    return ExitCode.unavailable;
  });
}

function applyAndStart(plan: Plan, seed: () => Seed, environment: Environment): ExitCode {
  const ready = locate(plan.exec, environment);
  const applied = apply(plan, seed);
  if ("code" in applied) return refuse({ kind: "problems", problems: [applied], notices: [] }, environment);
  if (logs("info", environment)) {
    log(
      ...plan.trusted.map(trustedLine),
      ...applied.written.map((path) => `wrote ${path}`),
      ...applied.removed.map((path) => `removed ${path}, left by an earlier start`),
      ...(applied.unchanged > 0 ? [`${applied.unchanged} files are as they should be`] : []),
      `starting ${plan.exec.path}`,
    );
  }
  return replaceProcess(ready);
}

/** What is in a secret is only known now, and it may be something that a file format cannot say. */
function apply(plan: Plan, seed: () => Seed): Applied | Problem {
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
