import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../core/plan.ts";
import { inRunDir } from "../core/run-dir.ts";
import { materialise } from "./materialise.ts";
import { readDirectory } from "./read-file.ts";
import { prepareRunDir } from "./run-dir.ts";
import type { Seed } from "./seed.ts";
import { writeFiles, writeLinks } from "./write-files.ts";

/** What applying did. */
export interface Applied {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * Writes the plan's files and links, and takes what an earlier start left in the conf dir away. Applying the same plan again
 * changes nothing. Throws {@link import("./run-dir.ts").CannotWrite} before anything is in place.
 */
export function applyPlan(plan: Plan, seed: () => Seed): Applied {
  prepareRunDir(plan.runDir);
  const files = plan.files.map((file) => ({
    path: file.path,
    mode: file.mode,
    bytes: materialise(file.path, file.content, seed),
    backup: file.backup,
  }));
  const written = [...writeFiles(files), ...writeLinks(plan.links)];
  const removed = removeStrays(inRunDir.conf(plan.runDir), new Set(files.map(({ path }) => path)));
  return { written, removed, unchanged: files.length + plan.links.length - written.length };
}

function removeStrays(folder: string, planned: ReadonlySet<string>): readonly string[] {
  const read = readDirectory(folder);
  if (read.kind !== "listing") return [];
  const strays = read.names.map((name) => join(folder, name)).filter((path) => !planned.has(path));
  for (const path of strays) rmSync(path, { recursive: true, force: true });
  return strays;
}
