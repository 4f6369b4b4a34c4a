import { runDirOf } from "../core/run-dir.ts";
import type { StartRecord } from "../core/start-record.ts";
import { imageUserId, leaveRoot } from "./leave-root.ts";
import { findStartRecord, type FoundRecord } from "./start-record.ts";

type Role = StartRecord["role"];
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
 * Finds the process of one of the roles, the first that runs. Where root has started none, but the image's user has, root
 * becomes that user first, as the entrypoint of a 1.x image does: root never goes by what somebody else has written.
 */
export function findProcess(roles: readonly Role[], environment: Environment): FoundProcess {
  const uid = process.getuid?.() ?? 0;
  const own = findOf(uid, roles, environment);
  const other = own.kind === "none" && uid === 0 ? imageUserId() : undefined;
  if (other === undefined || !seemsToRun(other, roles, environment)) return own;
  const left = leaveRoot(environment);
  return process.getuid?.() === other ? findOf(other, roles, left.environment) : own;
}

/** Only a look: root may lack the right to read what is another user's. */
function seemsToRun(uid: number, roles: readonly Role[], environment: Environment): boolean {
  const runDir = runDirFor(uid, environment);
  return roles.some((role) => ["running", "denied"].includes(findStartRecord(runDir, role, uid).kind));
}

function findOf(uid: number, roles: readonly Role[], environment: Environment): FoundProcess {
  const runDir = runDirFor(uid, environment);
  const all = roles.map((role) => findStartRecord(runDir, role, uid));
  for (const found of all) {
    if (found.kind === "running") return { ...found, runDir, environment };
  }
  const [telling] = all.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return { kind: "none", reason: telling === undefined ? "" : reasonOf(telling) };
}

function runDirFor(uid: number, environment: Environment): string {
  const set = (name: string) => environment[name] || undefined;
  return runDirOf({ SLUICE_RUN_DIR: set("SLUICE_RUN_DIR"), TMPDIR: set("TMPDIR") }, uid);
}

const order: readonly FoundRecord["kind"][] = ["running", "foreign", "denied", "unreadable", "ended", "missing"];

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
    case "denied":
    case "foreign":
      return `${found.path} is another user's: ask as the user who runs Flink`;
  }
}
