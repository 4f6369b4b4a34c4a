import {
  closeSync,
  copyFileSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { readRegularFile } from "./read-file.ts";
import { CannotWrite, reason } from "../run-dir/run-dir.ts";

/** A file ready to be written. */
export interface ReadyFile {
  readonly path: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
  /** See {@link import("../../core/plan/plan.ts").PlannedFile.backup}. */
  readonly backup: string | undefined;
}

/**
 * Writes all files or none: each is staged beside its place, and renamed when all are. Files that are already so are left
 * alone. Returns the paths that changed. Throws {@link CannotWrite} with everything staged taken away again.
 */
export function writeFiles(files: readonly ReadyFile[]): readonly string[] {
  const staged: { readonly from: string; readonly to: string }[] = [];
  const through: ReadyFile[] = [];
  const changed = files.filter((file) => !isAlready(file));
  const madeFolders: string[] = [];
  try {
    for (const folder of new Set(changed.map((file) => dirname(file.path)))) {
      const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (made !== undefined) madeFolders.push(made);
    }
    for (const file of changed) {
      const to = realPath(file.path);
      // A rename would fail only after others have been renamed.
      if (statSync(to, { throwIfNoEntry: false })?.isDirectory() === true) {
        throw new CannotWrite(file.path, "there is a directory in its place", "remove it");
      }
      try {
        staged.push({ from: stage(to, file), to });
      } catch (error) {
        if (file.backup === undefined) throw error;
        through.push({ ...file, path: to });
      }
    }
    for (const file of through) writeThrough(file);
    for (const { from, to } of staged) renameSync(from, to);
    return changed.map((file) => file.path);
  } catch (error) {
    for (const { from } of staged) rmSync(from, { force: true });
    for (const folder of madeFolders.toReversed()) rmSync(folder, { recursive: true, force: true });
    if (error instanceof CannotWrite) throw error;
    const path = error instanceof Error && "path" in error ? String(error.path) : (changed[0]?.path ?? "");
    throw new CannotWrite(path, reason(error), "make room, or make the folder writable");
  }
}

function isAlready(file: ReadyFile): boolean {
  // Mostly it is not, and an error costs more than a question.
  if (!existsSync(file.path)) return false;
  const there = readRegularFile(file.path);
  // What is written in place keeps the mode it has.
  if (there.kind !== "file" || (there.mode !== file.mode && file.backup === undefined)) return false;
  return Buffer.compare(there.bytes, file.bytes) === 0;
}

/** A link is written through, so that a linked cacerts stays linked. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function stage(path: string, file: ReadyFile): string {
  const temporary = `${path}.sluice-${process.pid}`;
  // A start that was killed may have left one: in a container the PID is always 1.
  if (existsSync(temporary)) rmSync(temporary);
  const descriptor = openSync(temporary, "wx", file.mode);
  try {
    fchmodSync(descriptor, file.backup === undefined ? file.mode : statSync(path).mode & 0o7777);
    let written = 0;
    while (written < file.bytes.length) written += writeSync(descriptor, file.bytes, written);
    // Each start renders the run dir again; only a file that outlives it must survive a crash.
    if (file.backup !== undefined) fsyncSync(descriptor);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return temporary;
}

function writeThrough(file: ReadyFile): void {
  if (file.backup === undefined) return;
  mkdirSync(dirname(file.backup), { recursive: true, mode: 0o700 });
  copyFileSync(file.path, file.backup);
  try {
    writeFileSync(file.path, file.bytes);
  } catch (error) {
    try {
      copyFileSync(file.backup, file.path);
    } catch {
      throw new CannotWrite(file.path, `${reason(error)}, and it may be damaged`, `put ${file.backup} back`);
    }
    throw new CannotWrite(file.path, reason(error), "make it writable, or unset TRUST_IN_PLACE");
  }
}

/** Makes symbolic links, replacing those that lead elsewhere. Returns the paths that changed. */
export function writeLinks(links: readonly { readonly path: string; readonly target: string }[]): readonly string[] {
  const changed = links.filter(({ path, target }) => existingTarget(path) !== target);
  for (const { path, target } of changed) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      rmSync(path, { force: true });
      symlinkSync(target, path);
    } catch (error) {
      throw new CannotWrite(path, reason(error), "make the folder writable");
    }
  }
  return changed.map(({ path }) => path);
}

function existingTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
