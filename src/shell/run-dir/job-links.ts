import { lstatSync, readlinkSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Plan } from "../../core/plan/plan.ts";
import { roles, roleOfDir } from "../../core/plan/run-dir.ts";
import { readDirectory, readRegularFile } from "../files/read-file.ts";
import { findStarts, type RunningStart } from "./start-record.ts";

/** A file that jobs name, and that another process of the run dir has with another content. */
export interface JobConflict {
  readonly path: string;
  /** Whose content jobs get. */
  readonly owner: Pick<RunningStart, "name" | "record">;
}

/** What applying a plan does with the links for jobs. */
export interface JobLinks {
  /** Those that lead to this process' files. */
  readonly own: Plan["links"];
  readonly conflicts: readonly JobConflict[];
}

/**
 * Decides the links for jobs. A link that a running process uses is never turned to another one's files: its jobs go by them. The
 * plan's files must be written. Processes with the same settings have the same bytes, because they share the run dir's seed.
 */
export function decideJobLinks(plan: Plan): JobLinks {
  const links = plan.links.filter(({ forJobs }) => forJobs === true);
  if (links.length === 0) return { own: [], conflicts: [] };
  const others = findStarts(plan.runDir, roles, process.getuid?.() ?? 0).filter(
    (found): found is RunningStart => found.kind === "running" && found.record.pid !== process.pid,
  );
  const own: Plan["links"][number][] = [];
  const conflicts: JobConflict[] = [];
  for (const link of links) {
    const name = basename(link.path);
    const owners = others.filter(({ roleDir }) => exists(join(roleDir, name)));
    const owner = owners.find(({ name: role }) => linkTarget(link.path) === join(role, name)) ?? owners[0];
    if (owner === undefined) own.push(link);
    // A process of 0.1 has the file itself in the link's place.
    else if (owner.roleDir !== plan.runDir) own.push({ ...link, target: join(owner.name, name) });
    if (owner !== undefined) conflicts.push(...differences(plan, name, owner));
  }
  return { own, conflicts };
}

function differences(plan: Plan, name: string, owner: RunningStart): readonly JobConflict[] {
  const files = plan.files.filter(({ path, forJobs }) => {
    const relative = path.slice(plan.roleDir.length + 1);
    return forJobs === true && (relative === name || relative.startsWith(`${name}/`));
  });
  return files.flatMap(({ path }) => {
    const relative = path.slice(plan.roleDir.length + 1);
    const theirs = readRegularFile(join(owner.roleDir, relative));
    const ours = readRegularFile(path);
    const isSame = theirs.kind === "file" && ours.kind === "file" && Buffer.compare(theirs.bytes, ours.bytes) === 0;
    return isSame ? [] : [{ path: join(plan.runDir, relative), owner }];
  });
}

/** Removes what is in the way of a link: files of 0.1, whose process has ended. */
export function clearForLinks(links: Plan["links"]): void {
  for (const { path } of links) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === false) rmSync(path, { recursive: true });
  }
}

/** Removes links into a role folder that an earlier start made, and that this one does not plan. Returns their paths. */
export function removeStaleLinks(plan: Plan): readonly string[] {
  const planned = new Set(plan.links.map(({ path }) => path));
  const read = readDirectory(plan.runDir);
  if (read.kind !== "listing") return [];
  return read.names
    .map((name) => join(plan.runDir, name))
    .filter((path) => !planned.has(path) && roleOfDir(basename(path)) === undefined)
    .filter((path) => dirname(linkTarget(path) ?? "") === basename(plan.roleDir))
    .map((path) => {
      rmSync(path);
      return path;
    });
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
