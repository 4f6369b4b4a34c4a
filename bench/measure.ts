import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A command to time, as a whole process. */
export interface Timed {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called before each run; its time does not count. */
  readonly prepare?: () => void;
}

/** CPU milliseconds of user and system time that one run took. */
export interface Sample {
  readonly cpuMs: number;
  readonly wallMs: number;
}

const ticksPerSecond = 100;

/**
 * Runs a command `runs` times in a row and returns the mean of one run. CPU time is what the kernel counted for our finished
 * children (proc(5), cutime and cstime, in ticks of 10 ms), so a batch is as precise as 10 ms divided by its runs.
 */
export function batch({ command, args, env, prepare }: Timed, runs: number): Sample {
  const before = childrenTicks();
  let wallMs = 0;
  for (let run = 0; run < runs; run++) {
    prepare?.();
    const start = performance.now();
    const { status, stderr, error } = spawnSync(command, args, {
      env: { PATH: process.env["PATH"], ...env },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status ?? error?.message}\n${stderr}`);
    wallMs += performance.now() - start;
  }
  return { cpuMs: ((childrenTicks() - before) * 1000) / ticksPerSecond / runs, wallMs: wallMs / runs };
}

/** Times several commands in turn, `rounds` times, so that a change of the machine's speed meets all of them. */
export function inTurn(
  commands: readonly Timed[],
  options: { readonly rounds: number; readonly runs: number },
): readonly (readonly Sample[])[] {
  const samples: Sample[][] = commands.map(() => []);
  for (const command of commands) batch(command, 1);
  for (let round = 0; round < options.rounds; round++) {
    for (const [index, command] of commands.entries()) samples[index]?.push(batch(command, options.runs));
  }
  return samples;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The median of the ratios, round by round. */
export function ratio(numerator: readonly Sample[], denominator: readonly Sample[]): number {
  return median(numerator.map(({ cpuMs }, round) => cpuMs / (denominator[round]?.cpuMs ?? Number.NaN)));
}

function childrenTicks(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[13]) + Number(fields[14]);
}
