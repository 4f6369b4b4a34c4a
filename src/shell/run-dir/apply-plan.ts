import { existsSync, lstatSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Plan } from "../../core/plan/plan.ts";
import { inRoleDir, inRunDir, pathForJobs, recordsReplacedBy } from "../../core/plan/run-dir.ts";
import { clearForLinks, decideJobLinks, type JobConflict, removeStaleLinks } from "./job-links.ts";
import { underLock } from "../files/lock.ts";
import { materialise } from "./materialise.ts";
import { readDirectory } from "../files/read-file.ts";
import { prepareRunDir } from "./run-dir.ts";
import type { Seed } from "./seed.ts";
import { runningStart } from "./start-record.ts";
import { type ReadyFile, writeFiles, writeLinks } from "../files/write-files.ts";

/** What applying did. */
export interface Applied {
  readonly kind: "applied";
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  readonly conflicts: readonly JobConflict[];
}

/** Another process has been started in the plan's role folder since it was planned. Nothing was written. */
export interface Taken {
  readonly kind: "taken";
}

/**
 * Writes the plan's files and links, and removes what an earlier start left in the role folder. Applying the same plan again
 * changes nothing. `more` are files of the role folder that are not planned. One process at a time writes to a run dir.
 * @throws CannotWrite before anything is in place
 */
export function applyPlan(plan: Plan, seed: () => Seed, more: readonly ReadyFile[] = []): Applied | Taken {
  const made = prepareRunDir(plan.runDir);
  const parts = [plan.roleDir, inRunDir.seed(plan.runDir)];
  const fresh = parts.filter((path) => !existsSync(path));
  try {
    return underLock(plan.runDir, () => (isTaken(plan) ? { kind: "taken" } : write(plan, seed, more)));
  } catch (error) {
    for (const path of fresh) rmSync(path, { recursive: true, force: true });
    if (made !== undefined) removeEmpty(plan.runDir, made);
    throw error;
  }
}

function isTaken({ runDir, roleDir }: Plan): boolean {
  return recordsReplacedBy(runDir, basename(roleDir)).some((record) => runningStart(record) !== undefined);
}

/** Removes folders from the inside out, as long as nobody else has put something there. */
function removeEmpty(from: string, to: string): void {
  try {
    for (let folder = from; folder.length >= to.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Another process uses it.
  }
}

function write(plan: Plan, seed: () => Seed, more: readonly ReadyFile[]): Applied {
  const rendered = plan.files.map((file) => ({
    path: file.path,
    mode: file.mode,
    bytes: materialise(file.forJobs === true ? pathForJobs(file.path, plan) : file.path, file.content, seed),
    backup: file.backup,
  }));
  const files = [...rendered, ...more];
  const writtenFiles = writeFiles(files);
  const planned = [...files, ...plan.links].map(({ path }) => path);
  // Before the links: a plugin that was linked as a folder may now be a folder with a link in it.
  const removed = [...removeStrays(plan.roleDir, planned, kept(plan)), ...removeStaleLinks(plan)];
  const forJobs = decideJobLinks(plan);
  clearForLinks(forJobs.own);
  const written = [
    ...writtenFiles,
    ...writeLinks([...plan.links.filter((link) => link.forJobs !== true), ...forJobs.own]),
  ];
  return {
    kind: "applied",
    written,
    removed,
    unchanged: planned.length - written.length,
    conflicts: forJobs.conflicts,
  };
}

/** What a role folder keeps from start to start. */
function kept({ roleDir }: Plan): readonly string[] {
  return [inRoleDir.log(roleDir), inRoleDir.truststoreBackup(roleDir)];
}

function removeStrays(folder: string, planned: readonly string[], keep: readonly string[]): readonly string[] {
  const read = readDirectory(folder);
  if (read.kind !== "listing") return [];
  return read.names.flatMap((name) => {
    const path = join(folder, name);
    if (planned.includes(path) || keep.includes(path)) return [];
    const leadsOn = planned.some((each) => each.startsWith(`${path}/`)) && lstatSync(path).isDirectory();
    if (leadsOn) return removeStrays(path, planned, keep);
    rmSync(path, { recursive: true, force: true });
    return [path];
  });
}
