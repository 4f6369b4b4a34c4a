import { type Role, runDirOf } from "../../core/plan/run-dir.ts";
import { imageUserId, leaveRoot } from "./leave-root.ts";
import { findStarts, type FoundStart, type RunningStart } from "../run-dir/start-record.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The processes that were started with the run dir of an environment. */
export interface FoundProcesses {
  readonly running: readonly RunningStart[];
  /** Why there is none; for a run dir without a record, which one is missing. */
  readonly reason: string;
  /** Of the user that this process is now. */
  readonly environment: Environment;
}

/**
 * Finds the running processes of some roles, in the order of these. Where root has started none, but the image's user has, root
 * becomes that user first, as the entrypoint of a 1.x image does: root never goes by what somebody else has written.
 */
export function findProcesses(roles: readonly Role[], environment: Environment): FoundProcesses {
  const uid = process.getuid?.() ?? 0;
  const own = findOf(uid, roles, environment);
  const other = own.running.length === 0 && uid === 0 ? imageUserId() : undefined;
  if (other === undefined || !seemsToRun(other, roles, environment)) return own;
  const left = leaveRoot(environment);
  return process.getuid?.() === other ? findOf(other, roles, left.environment) : own;
}

/** Only a look: root may lack the right to read what is another user's. */
function seemsToRun(uid: number, roles: readonly Role[], environment: Environment): boolean {
  return findStarts(runDirFor(uid, environment), roles, uid).some(({ kind }) => ["running", "denied"].includes(kind));
}

function findOf(uid: number, roles: readonly Role[], environment: Environment): FoundProcesses {
  const all = findStarts(runDirFor(uid, environment), roles, uid);
  const [telling] = all.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return {
    running: all.filter((found) => found.kind === "running"),
    reason: telling === undefined ? "" : reasonOf(telling),
    environment,
  };
}

function runDirFor(uid: number, environment: Environment): string {
  const set = (name: string) => environment[name] || undefined;
  return runDirOf({ SLUICE_RUN_DIR: set("SLUICE_RUN_DIR"), TMPDIR: set("TMPDIR") }, uid);
}

const order: readonly FoundStart["kind"][] = ["running", "foreign", "denied", "unreadable", "ended", "missing"];

function reasonOf(found: FoundStart): string {
  switch (found.kind) {
    case "running":
      return "it runs";
    case "missing":
      return `sluice has started nothing here: ${found.path} does not exist`;
    case "ended":
      return `the process of ${found.path} has ended`;
    case "unreadable":
      return `${found.path} cannot be read, or another version of sluice wrote it`;
    case "denied":
    case "foreign":
      return `${found.path} belongs to another user: ask as the user who runs Flink`;
  }
}
