import { spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { sluiceCommand } from "./sluice-command.ts";
import type { User } from "../../testkit/user.ts";

export interface SluiceOptions {
  /** The whole environment, but for PATH and JAVA_HOME, which are the test's own where they are not given. */
  readonly env?: Readonly<Record<string, string>>;
  /** Only root can choose; undefined is the test's own user. */
  readonly user?: User | undefined;
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
  /** A file that takes the output of a process that outlives this one, in a session of its own. */
  readonly detachedTo?: string | undefined;
}

/** What a process has said, and how it ended. */
export interface SluiceResult {
  /** 128 and the signal's number where a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that was started as sluice and may have become another program. */
export interface SluiceProcess {
  readonly pid: number;
  readonly ended: Promise<SluiceResult>;
  /** What it has said so far, both streams as they came. */
  output(): string;
  /** Sends SIGTERM, and SIGKILL after 30 s. */
  stop(): Promise<SluiceResult>;
}

/** Runs sluice from source, to its end. Never throws for an exit code. */
export async function runSluice(args: readonly string[], options: SluiceOptions = {}): Promise<SluiceResult> {
  return (await startSluice(args, options)).ended;
}

/** Starts sluice from source. It gets no terminal and nothing on stdin. Throws when the process cannot be started. */
export async function startSluice(args: readonly string[], options: SluiceOptions = {}): Promise<SluiceProcess> {
  const [node, script] = await sluiceCommand(options.user);
  const child = spawn(node, [script, ...args], spawnOptions(options));
  const said = { stdout: "", stderr: "", both: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
      said.both += text;
    });
  }
  const { pid } = child;
  // An abort is an error too, but the process did start, and is about to end.
  child.on("error", () => {});
  if (pid === undefined) await once(child, "spawn");
  const kill = () => child.kill("SIGKILL");
  if (options.detachedTo === undefined) process.once("exit", kill);
  const ended = new Promise<SluiceResult>((resolve) => {
    child.once("close", (code, signal) => {
      process.removeListener("exit", kill);
      const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      resolve({ exitCode, stdout: said.stdout, stderr: said.stderr });
    });
  });
  return {
    pid: pid ?? 0,
    ended,
    output: () => (options.detachedTo === undefined ? said.both : readFileSync(options.detachedTo, "utf8")),
    stop: async () => {
      child.kill("SIGTERM");
      const late = setTimeout(kill, 30_000);
      return ended.finally(() => clearTimeout(late));
    },
  };
}

function spawnOptions({ env = {}, user, cwd = "/", signal, detachedTo }: SluiceOptions): SpawnOptions {
  const { PATH, JAVA_HOME } = process.env;
  const output = detachedTo === undefined ? "pipe" : openSync(detachedTo, "w");
  return {
    cwd,
    env: { ...(PATH && { PATH }), ...(JAVA_HOME && { JAVA_HOME }), ...env },
    stdio: ["ignore", output, output],
    detached: detachedTo !== undefined,
    ...user,
    ...(signal && { signal }),
  };
}
