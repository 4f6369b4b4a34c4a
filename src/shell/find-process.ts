import { runDirOf } from "../core/run-dir.ts";
import type { StartRecord } from "../core/start-record.ts";
import { leaveRoot } from "./leave-root.ts";
import { findStartRecord, type FoundRecord } from "./start-record.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A JobManager or TaskManager that was started with the run dir of this environment, or why there is none. */
export type FoundProcess =
  | {
      readonly kind: "running";
      readonly record: StartRecord;
      readonly state: string;
      readonly runDir: string;
      /** Of the user that this process is now. */
      readonly environment: Environment;
    }
  | { readonly kind: "none"; readonly reason: string };

/**
 * Finds the process of one of the roles, the first that runs. As the entrypoint of a 1.x image, which starts as root, it is the
 * image's user who started it: root becomes that user where it finds nothing of its own, so that root never goes by what
 * somebody else has written.
 */
export function findProcess(roles: readonly StartRecord["role"][], environment: Environment): FoundProcess {
  const own = findOwn(roles, environment);
  if (own.kind === "running" || process.getuid?.() !== 0) return own;
  const left = leaveRoot(environment);
  return process.getuid() === 0 ? own : findOwn(roles, left.environment);
}

function findOwn(roles: readonly StartRecord["role"][], environment: Environment): FoundProcess {
  const set = (name: string) => environment[name] || undefined;
  const runDir = runDirOf({ SLUICE_RUN_DIR: set("SLUICE_RUN_DIR"), TMPDIR: set("TMPDIR") }, process.getuid?.() ?? 0);
  const all = roles.map((role) => findStartRecord(runDir, role));
  for (const found of all) {
    if (found.kind === "running") return { ...found, runDir, environment };
  }
  const [telling] = all.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return { kind: "none", reason: telling === undefined ? "" : reasonOf(telling) };
}

const order: readonly FoundRecord["kind"][] = ["running", "foreign", "unreadable", "ended", "missing"];

function reasonOf(found: FoundRecord): string {
  switch (found.kind) {
    case "running":
      return "it runs";
    case "missing":
      return `nothing was started by sluice here: there is no ${found.path}`;
    case "ended":
      return `the process of ${found.path} has ended`;
    case "unreadable":
      return `${found.path} cannot be read, or another version of sluice wrote it`;
    case "foreign":
      return `${found.path} is another user's: ask as the user who runs Flink`;
  }
}
