import { join } from "node:path/posix";
import type { Target } from "../../core/feature/feature.ts";
import type { PlannedFile } from "../../core/plan/plan.ts";
import type { Problem } from "../../core/findings/problem.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import type { System } from "../../core/system/system.ts";
import { flinkProblems } from "./problems.ts";

/** The files of the mounted conf dir that are carried over as they are: logging, `masters`, `workers`, and the user's own. */
export function carriedFiles(
  except: readonly string[],
  target: Target,
  system: System,
): { readonly files: readonly PlannedFile[]; readonly problems: readonly Problem[] } {
  const mountedDir = target.mountedConfDir;
  const files: PlannedFile[] = [];
  const problems: Problem[] = [];
  const listing = system.listDirectory(mountedDir);
  const isDefault = target.variable("FLINK_CONF_DIR") === undefined;
  if (listing.kind === "missing" && isDefault) return { files, problems };
  if (listing.kind !== "listing") {
    const { text, hint } = readingFailure(listing.kind);
    return { files, problems: [flinkProblems.problem("conf-unreadable", ["FLINK_CONF_DIR", mountedDir], text, hint)] };
  }
  for (const name of listing.names) {
    if (except.includes(name)) continue;
    const path = join(mountedDir, name);
    const read = system.readFile(path);
    if (read.kind === "file") {
      files.push({
        path: join(target.confDir, name),
        mode: 0o600,
        content: { kind: "copy", from: path, bytes: read.bytes },
      });
    } else if (read.kind !== "directory") {
      const { text, hint } = readingFailure(read.kind);
      problems.push(flinkProblems.problem("conf-unreadable", ["FLINK_CONF_DIR", path], text, hint));
    }
  }
  return { files, problems };
}
