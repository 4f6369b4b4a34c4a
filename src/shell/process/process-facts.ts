import { readFileSync } from "node:fs";

/** What /proc tells of a process (proc(5)). */
export interface ProcessFacts {
  /** `R` running, `S` sleeping, `T` stopped, `Z` ended, … */
  readonly state: string;
  /** In clock ticks since boot; execve leaves it as it is. */
  readonly startTime: number;
}

/** Undefined for a process that is not there, and on systems without /proc. */
export function processFacts(pid: number): ProcessFacts | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const startTime = Number(fields[19]);
  return Number.isSafeInteger(startTime) ? { state: fields[0] ?? "", startTime } : undefined;
}

/** The arguments of a process, the program's name first; none if it is gone. */
export function commandLine(pid: number): readonly string[] {
  return readText(`/proc/${pid}/cmdline`)?.replace(/\0$/, "").split("\0") ?? [];
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
