import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where downloads are kept: `SLUICE_CACHE`, or for root /var/cache/sluice, which others can read, or ~/.cache/sluice. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const chosen = environment["SLUICE_CACHE"];
  if (chosen !== undefined && chosen !== "") return chosen;
  return process.getuid?.() === 0 ? "/var/cache/sluice" : join(homedir(), ".cache", "sluice");
}

/**
 * A folder of the cache that is there whole or not at all. `fill` gets a working folder for itself, and returns the folder in
 * it that is to be kept. Two processes may ask at the same time: each works on its own, and the first one's is kept.
 */
export async function cachedFolder(
  cache: string,
  name: string,
  isWhole: (folder: string) => boolean,
  fill: (work: string) => Promise<string>,
): Promise<string> {
  const place = join(cache, name);
  if (isWhole(place)) return place;
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  removeAbandoned(cache);
  const work = mkdtempSync(join(cache, `unfinished-${process.pid}-`));
  try {
    chmodSync(work, 0o755);
    publish(await fill(work), place, isWhole);
    return place;
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Renames the finished folder to its place, unless another process was faster. */
function publish(finished: string, place: string, isWhole: (folder: string) => boolean): void {
  try {
    renameSync(finished, place);
  } catch (error) {
    if (!isWhole(place)) throw error;
  }
}

/** What a process that was killed has left: its id is in the name. */
function removeAbandoned(cache: string): void {
  for (const name of readdirSync(cache)) {
    const pid = /^unfinished-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
