import { lstatSync } from "node:fs";
import type { Plan } from "../../core/plan/plan.ts";
import {
  type ClusterRole,
  clusterRoles,
  inRoleDir,
  inRunDir,
  type Role,
  roleOfDir,
  roleDirName,
} from "../../core/plan/run-dir.ts";
import { makeStartRecord, readStartRecord, type StartRecord, writeStartRecord } from "../../core/plan/start-record.ts";
import { processFacts } from "../process/process-facts.ts";
import { readDirectory, readRegularFile } from "../files/read-file.ts";
import type { ReadyFile } from "../files/write-files.ts";

/** The record of this process, which is about to become what is planned. None where there is no /proc. */
export function startRecordFiles(plan: Plan): readonly ReadyFile[] {
  const facts = processFacts(process.pid);
  const record = facts && makeStartRecord(plan, { pid: process.pid, startTime: facts.startTime });
  if (record === undefined) return [];
  const path = inRoleDir.startRecord(plan.roleDir);
  return [{ path, mode: 0o600, bytes: Buffer.from(writeStartRecord(record)), backup: undefined }];
}

/** A process that was started with a run dir. */
export interface RunningStart {
  readonly kind: "running";
  /** Of its role folder: `jobmanager`, `jobmanager-2`. */
  readonly name: string;
  /** Where its files are. Version 0.1 had one folder for all roles: the run dir. */
  readonly roleDir: string;
  readonly record: StartRecord;
  /** See {@link import("../process/process-facts.ts").ProcessFacts.state}. */
  readonly state: string;
}

/** What a run dir tells about one process. */
export type FoundStart =
  | RunningStart
  | { readonly kind: "ended" | "missing" | "denied" | "unreadable"; readonly path: string }
  /** The run dir is another user's. */
  | { readonly kind: "foreign"; readonly path: string };

/** Reads the records of these roles, which must be of this user and of nobody else. At least one result for each role. */
export function findStarts(runDir: string, wanted: readonly Role[], uid: number): readonly FoundStart[] {
  const owner = lstatSync(runDir, { throwIfNoEntry: false });
  if (owner !== undefined && (owner.uid !== uid || (owner.mode & 0o022) !== 0)) {
    return [{ kind: "foreign", path: runDir }];
  }
  const listing = readDirectory(runDir);
  const names = listing.kind === "listing" ? listing.names : [];
  return wanted.flatMap((role) => {
    const more = names.filter((name) => name !== role && roleOfDir(name) === role);
    const found = [roleDirName(role, 1), ...more].map((name) => {
      const roleDir = inRunDir.roleDir(runDir, name);
      return findStart(inRoleDir.startRecord(roleDir), role, { name, roleDir });
    });
    return isClusterRole(role) ? withOldRecord(found, runDir, role) : found;
  });
}

/** The record of 0.1 counts only where there is one. */
function withOldRecord(found: readonly FoundStart[], runDir: string, role: ClusterRole): readonly FoundStart[] {
  const old = findStart(inRunDir.oldStartRecord(runDir, role), role, { name: role, roleDir: runDir });
  return old.kind === "missing" ? found : [...found, old];
}

function findStart(path: string, role: Role, place: { readonly name: string; readonly roleDir: string }): FoundStart {
  const read = readRegularFile(path);
  if (read.kind === "missing" || read.kind === "not-directory") return { kind: "missing", path };
  if (read.kind === "denied") return { kind: "denied", path };
  const record = read.kind === "file" ? readStartRecord(Buffer.from(read.bytes).toString()) : undefined;
  if (record?.role !== role) return { kind: "unreadable", path };
  const state = stateOf(record);
  return state === undefined ? { kind: "ended", path } : { kind: "running", ...place, record, state };
}

/** The record at a path if its process still runs and is not this one. */
export function runningStart(path: string): StartRecord | undefined {
  const read = readRegularFile(path);
  const record = read.kind === "file" ? readStartRecord(Buffer.from(read.bytes).toString()) : undefined;
  return record === undefined || record.pid === process.pid || stateOf(record) === undefined ? undefined : record;
}

/** Undefined once the process has ended. */
function stateOf({ pid, startTime }: StartRecord): string | undefined {
  const facts = processFacts(pid);
  return facts !== undefined && facts.startTime === startTime && facts.state !== "Z" ? facts.state : undefined;
}

function isClusterRole(role: Role): role is ClusterRole {
  return clusterRoles.some((each) => each === role);
}
