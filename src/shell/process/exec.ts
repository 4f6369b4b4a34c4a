import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ExitCode } from "../../core/findings/exit-code.ts";
import type { Exec } from "../../core/plan/plan.ts";

/** The command cannot be exec'd; `exitCode` is 126 or 127, as a shell would say. */
export class CannotExec extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.name = "CannotExec";
    this.exitCode = exitCode;
  }
}

/** The child's environment: ours, less what is unset, plus what is set. */
export function childEnvironment(
  exec: Exec,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const child: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) child[name] = value;
  for (const name of exec.unset) delete child[name];
  return { ...child, ...exec.set };
}

/** A command that can be exec'd. */
export interface ReadyExec {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly redirect: Exec["redirect"];
}

/** Finds the command on the child's PATH, before anything is written for it. Throws {@link CannotExec}. */
export function locate(exec: Exec, environment: Readonly<Record<string, string | undefined>>): ReadyExec {
  const env = childEnvironment(exec, environment);
  return { path: findCommand(exec.path, env["PATH"]), argv: exec.argv, env, redirect: exec.redirect };
}

/** Becomes the command (execve): same PID, no process of ours stays. Returns only by throwing {@link CannotExec}. */
export function replaceProcess({ path, argv, env, redirect }: ReadyExec): never {
  try {
    if (redirect !== undefined) {
      reopen(1, redirect.stdout);
      reopen(2, redirect.stderr);
    }
    process.execve?.(path, argv, env);
  } catch (error) {
    throw new CannotExec(`${path}: ${error instanceof Error ? error.message : String(error)}`, ExitCode.notExecutable);
  }
  throw new CannotExec("this Node.js has no process.execve; use Node 26 or newer", ExitCode.notExecutable);
}

/** The lowest descriptor that is free is the one that was just closed; execve leaves 0, 1 and 2 open. */
function reopen(descriptor: 1 | 2, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(descriptor);
  openSync(path, "w");
}

function findCommand(command: string, path: string | undefined): string {
  if (command.includes("/")) {
    check(command);
    return command;
  }
  for (const folder of (path ?? "").split(delimiter)) {
    const candidate = join(folder === "" ? "." : folder, command);
    if (isExecutable(candidate)) return candidate;
  }
  throw new CannotExec(`${command}: no such command on PATH`, ExitCode.notFound);
}

function check(path: string): void {
  if (isExecutable(path)) return;
  const exists = statSync(path, { throwIfNoEntry: false }) !== undefined;
  if (!exists) throw new CannotExec(`${path}: no such file`, ExitCode.notFound);
  throw new CannotExec(`${path}: not an executable file`, ExitCode.notExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
