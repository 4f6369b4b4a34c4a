import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A command that becomes a JVM, to be started for real. */
export interface Startable {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

/** What it took until a process was ready. */
export interface Readiness {
  readonly wallMs: number;
  /** Of the process and of everything that it has waited for. */
  readonly cpuMs: number;
  /** Megabytes that it has in memory, the mapped part of an archive included. */
  readonly rss: number;
}

export interface Running {
  readonly readiness: Readiness;
  /** Ends it with SIGTERM. */
  stop(): Promise<void>;
}

const patienceMs = 120_000;
const pollMs = 50;

/** Starts a process and waits until it is ready. Throws with its last lines when it ends before. */
export async function startUntil(
  isReady: () => Promise<boolean>,
  { command, args, env, log }: Startable,
): Promise<Running> {
  const output = openSync(log, "w");
  const began = performance.now();
  const child = spawn(command, args, { env, stdio: ["ignore", output, output] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "exit").then(() => process.removeListener("exit", kill));
  const { pid = 0 } = child;
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${command} ended\n${lastLines(log)}`);
    if (performance.now() - began > patienceMs) throw new Error(`${command} is not ready\n${lastLines(log)}`);
    await sleep(pollMs);
  }
  const readiness = { wallMs: performance.now() - began, cpuMs: cpuMs(pid), rss: residentMegabytes(pid) };
  return {
    readiness,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** proc(5), fields 14 to 17: ticks of 10 ms, of the process and of the children that it has waited for. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 10;
}

export function residentMegabytes(pid: number): number {
  const kibibytes = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}

function lastLines(log: string): string {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-20).join("\n");
}
