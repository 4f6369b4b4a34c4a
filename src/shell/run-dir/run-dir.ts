import { closeSync, lstatSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { inRunDir } from "../../core/plan/run-dir.ts";
import { Seed } from "./seed.ts";

/** Something cannot be written; nothing was. */
export class CannotWrite extends Error {
  readonly path: string;
  readonly hint: string;

  constructor(path: string, message: string, hint: string) {
    super(message);
    this.name = "CannotWrite";
    this.path = path;
    this.hint = hint;
  }
}

const another =
  "set SLUICE_RUN_DIR to a folder that only this user can write to; on a mounted volume, one that is not there yet";

/**
 * Makes the run dir, or makes sure that it is a real folder of ours that nobody else can enter. Returns the topmost folder
 * that was made, if any. Throws {@link CannotWrite}.
 */
export function prepareRunDir(path: string): string | undefined {
  let made: string | undefined;
  try {
    made = mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CannotWrite(
      path,
      `cannot be made: ${reason(error)}`,
      "mount a writable folder there (an emptyDir, a tmpfs), or set SLUICE_RUN_DIR",
    );
  }
  const stat = lstatSync(path);
  if (!stat.isDirectory()) throw new CannotWrite(path, "this is not a directory", another);
  if (stat.uid !== process.getuid?.()) throw new CannotWrite(path, `it belongs to uid ${stat.uid}`, another);
  if ((stat.mode & 0o077) !== 0) throw new CannotWrite(path, "others may enter it", `chmod 0700 it, or ${another}`);
  return made;
}

/** The run dir's seed, made on the first call. The dir must be prepared. */
export function readOrMakeSeed(runDir: string): Seed {
  const path = inRunDir.seed(runDir);
  try {
    if (!lstatSync(path).isFile())
      throw new CannotWrite(path, "this is not a regular file", "remove it; a new one is made");
    const bytes = readFileSync(path);
    if (bytes.length === Seed.size) return new Seed(bytes);
    rmSync(path);
  } catch (error) {
    if (error instanceof CannotWrite) throw error;
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) {
      throw new CannotWrite(path, reason(error), "remove it; a new one is made");
    }
  }
  const seed = Seed.random();
  const descriptor = openSync(path, "wx", 0o600);
  writeSync(descriptor, seed.bytes);
  closeSync(descriptor);
  return seed;
}

/** The system's message for a failed call, without the path. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.replace(/^E[A-Z]+: /, "").replace(/, \w+( '.*)?$/, "");
}
