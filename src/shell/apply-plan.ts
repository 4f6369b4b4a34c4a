import { existsSync, lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../core/plan.ts";
import { inRunDir } from "../core/run-dir.ts";
import { materialise } from "./materialise.ts";
import { readDirectory } from "./read-file.ts";
import { prepareRunDir } from "./run-dir.ts";
import type { Seed } from "./seed.ts";
import { type ReadyFile, writeFiles, writeLinks } from "./write-files.ts";

/** What applying did. */
export interface Applied {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * Writes the plan's files and links, and takes what an earlier start left in the folders of the run dir away. Applying the
 * same plan again changes nothing. `more` are files of the run dir that are not planned. Throws {@link import("./run-dir.ts").CannotWrite} before anything is in place.
 */
export function applyPlan(plan: Plan, seed: () => Seed, more: readonly ReadyFile[] = []): Applied {
  const made = prepareRunDir(plan.runDir);
  const seedPath = inRunDir.seed(plan.runDir);
  const hadSeed = existsSync(seedPath);
  try {
    return write(plan, seed, more);
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    else if (!hadSeed) rmSync(seedPath, { force: true });
    throw error;
  }
}

function write(plan: Plan, seed: () => Seed, more: readonly ReadyFile[]): Applied {
  const rendered = plan.files.map((file) => ({
    path: file.path,
    mode: file.mode,
    bytes: materialise(file.path, file.content, seed),
    backup: file.backup,
  }));
  const files = [...rendered, ...more];
  const writtenFiles = writeFiles(files);
  const planned = [...files, ...plan.links].map(({ path }) => path);
  // Before the links: a plugin that was linked as a folder may now be a folder with a link in it.
  const folders = [inRunDir.conf, inRunDir.plugins, inRunDir.hadoop].map((folder) => folder(plan.runDir));
  const removed = folders.flatMap((folder) => removeStrays(folder, planned));
  const written = [...writtenFiles, ...writeLinks(plan.links)];
  return { written, removed, unchanged: planned.length - written.length };
}

function removeStrays(folder: string, planned: readonly string[]): readonly string[] {
  const read = readDirectory(folder);
  if (read.kind !== "listing") return [];
  return read.names.flatMap((name) => {
    const path = join(folder, name);
    if (planned.includes(path)) return [];
    const leadsOn = planned.some((each) => each.startsWith(`${path}/`)) && lstatSync(path).isDirectory();
    if (leadsOn) return removeStrays(path, planned);
    rmSync(path, { recursive: true, force: true });
    return [path];
  });
}
