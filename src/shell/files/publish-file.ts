import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { CannotWrite, reason } from "../run-dir/run-dir.ts";

/** Copies a file to its place, whole and for everyone to read; what was there is replaced. Throws {@link CannotWrite}. */
export function publishFile(from: string, to: string): void {
  const unfinished = `${to}.sluice-${process.pid}`;
  try {
    mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
    copyFileSync(from, unfinished);
    chmodSync(unfinished, 0o644);
    renameSync(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new CannotWrite(to, reason(error), "make room, or make the folder writable");
  }
}

/** Removes a file that may not be there. Throws {@link CannotWrite}. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw new CannotWrite(path, reason(error), "make the folder writable");
  }
}
