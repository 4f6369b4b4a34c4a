import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The ids of all processes whose arguments or environment name a path; none where there is no /proc. */
export function processesNaming(path: string): readonly number[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => ["cmdline", "environ"].some((file) => read(`/proc/${pid}/${file}`).includes(path)))
    .map(Number);
}

/** A process may end at any moment, and another user's environment is not ours to read. */
function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
