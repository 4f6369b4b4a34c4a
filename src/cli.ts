import { basename } from "node:path";
import packageJson from "../package.json" with { type: "json" };
import { entrypointName, parseArguments, type Request, UsageError } from "./cli/arguments.ts";
import { CannotRecord, cds } from "./cli/cds/cds.ts";
import { certs } from "./cli/certs/certs.ts";
import { check } from "./cli/check/check.ts";
import { environmentReference } from "./cli/environment-reference.ts";
import { health } from "./cli/health/health.ts";
import { parseHealthOptions } from "./cli/health/options.ts";
import { helpText } from "./cli/help.ts";
import { plan } from "./cli/plan.ts";
import type { Environment } from "./cli/prepare.ts";
import { logNotices, run } from "./cli/run/run.ts";
import { ExitCode } from "./core/findings/exit-code.ts";
import { CannotCreate } from "./shell/certificates/create-secret.ts";
import { CannotExec } from "./shell/process/exec.ts";
import { leaveRoot } from "./shell/process/leave-root.ts";
import { log, print } from "./shell/terminal/log.ts";
import { CannotSign } from "./shell/certificates/read-signer.ts";
import { CannotWrite } from "./shell/run-dir/run-dir.ts";
import { Interrupted } from "./shell/files/temporary-folder.ts";

/** Runs one command line to the end of this process, or until it has become another program. */
export async function start(argv: readonly [string, ...string[]], environment: Environment): Promise<never> {
  process.exit(await main(argv, environment));
}

/** Runs one command line and returns its exit code, unless it becomes another program. `argv` is without the interpreter. */
export function main(argv: readonly [string, ...string[]], environment: Environment): ExitCode | Promise<ExitCode> {
  try {
    const [program, ...args] = argv;
    const name = basename(program);
    const request = parseArguments(name, args);
    return perform(request, name === entrypointName ? asImageUser(environment) : environment);
  } catch (error) {
    return failure(error);
  }
}

/** Only the image entrypoint drops root; `sluice` itself keeps the caller's user. */
function asImageUser(environment: Environment): Environment {
  const left = leaveRoot(environment);
  logNotices(left.notices, environment);
  return left.environment;
}

function perform(request: Request, environment: Environment): ExitCode | Promise<ExitCode> {
  switch (request.verb) {
    case "run":
      return failing(run(request, environment));
    case "plan":
      return plan(request, environment);
    case "check":
      return failing(check(request, environment));
    case "certs":
      return failing(certs(request.args, environment));
    case "health":
      return failing(health(parseHealthOptions(request.args), environment));
    case "cds":
      return failing(cds(request.out, environment));
    case "env":
      print(environmentReference());
      return ExitCode.done;
    case "help":
      print(helpText(request.topic));
      return ExitCode.done;
    case "version":
      print(`sluice ${packageJson.version}\n`);
      return ExitCode.done;
  }
}

function failing(outcome: ExitCode | Promise<ExitCode>): ExitCode | Promise<ExitCode> {
  return typeof outcome === "number" ? outcome : outcome.catch(failure);
}

function failure(error: unknown): ExitCode {
  if (error instanceof UsageError) return say(error.message, error.hint, ExitCode.usage);
  if (error instanceof CannotWrite) {
    return say(`${error.path}: ${error.message}`, `${error.hint} [write/failed]`, ExitCode.cannotWrite);
  }
  if (error instanceof CannotExec)
    return say(error.message, "check the command, PATH and FLINK_HOME; nothing was started", error.exitCode);
  if (error instanceof CannotRecord || error instanceof CannotSign) {
    return say(error.message, error.hint, ExitCode.settings);
  }
  if (error instanceof CannotCreate) return say(error.message, error.hint, ExitCode.unavailable);
  if (error instanceof Interrupted) return error.signal === "SIGINT" ? ExitCode.interrupted : ExitCode.terminated;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return say(`this is a bug: ${trace}`, "report it with the lines above and the output of sluice plan", ExitCode.bug);
}

function say(error: string, hint: string, exitCode: ExitCode): ExitCode {
  log(`error: ${error}`, `hint: ${hint}`);
  return exitCode;
}
