import { closeSync, openSync, readFileSync } from "node:fs";
import type { ReadyExec } from "./exec.ts";

/** A process that runs beside this one. */
export interface BackgroundProcess {
  /** How it ended, such as `exit code 1`. */
  readonly ended: Promise<string>;
  /** The last lines that it has said. */
  lastWords(): string;
  /** Sends SIGTERM, and waits. */
  stop(): Promise<string>;
}

/** Starts a command with its output in a file. When the signal aborts, it is killed. */
export function startInBackground(
  { path, argv, env }: ReadyExec,
  output: string,
  signal: AbortSignal,
): BackgroundProcess {
  // A snapshot cannot hold what this module loads.
  const { spawn } = process.getBuiltinModule("node:child_process");
  const descriptor = openSync(output, "w", 0o600);
  const [argv0 = path, ...args] = argv;
  const stdio: ["ignore", number, number] = ["ignore", descriptor, descriptor];
  const child = spawn(path, args, { argv0, env, stdio, signal, killSignal: "SIGKILL" });
  closeSync(descriptor);
  const ended = new Promise<string>((resolve) => {
    let failure: string | undefined;
    child.on("error", (error) => {
      failure = error.message;
      // One that could not be started never closes.
      if (child.pid === undefined) resolve(failure);
    });
    child.once("close", (code, by) => resolve(failure ?? (by === null ? `exit code ${code}` : by)));
  });
  return {
    ended,
    lastWords: () => readFileSync(output, "utf8").trimEnd().split("\n").slice(-20).join("\n"),
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
