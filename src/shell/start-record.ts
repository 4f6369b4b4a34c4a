import { lstatSync } from "node:fs";
import type { Plan } from "../core/plan.ts";
import { inRunDir } from "../core/run-dir.ts";
import { makeStartRecord, readStartRecord, type StartRecord, writeStartRecord } from "../core/start-record.ts";
import { processFacts } from "./process-facts.ts";
import { readRegularFile } from "./read-file.ts";
import type { ReadyFile } from "./write-files.ts";

/** The record of this process, which is about to become what is planned. None for another program, and none without /proc. */
export function startRecordFiles(plan: Plan): readonly ReadyFile[] {
  const facts = processFacts(process.pid);
  const record = facts && makeStartRecord(plan, { pid: process.pid, startTime: facts.startTime });
  if (record === undefined) return [];
  const path = inRunDir.startRecord(plan.runDir, record.role);
  return [{ path, mode: 0o600, bytes: Buffer.from(writeStartRecord(record)), backup: undefined }];
}

/** What a run dir says of a role's process. */
export type FoundRecord =
  | { readonly kind: "running"; readonly record: StartRecord; readonly state: string }
  | { readonly kind: "ended" | "missing" | "denied" | "unreadable"; readonly path: string }
  /** The run dir is another user's. */
  | { readonly kind: "foreign"; readonly path: string };

/** Reads the record of a role, which must be of this user and of nobody else. */
export function findStartRecord(runDir: string, role: StartRecord["role"], uid: number): FoundRecord {
  const path = inRunDir.startRecord(runDir, role);
  const owner = lstatSync(runDir, { throwIfNoEntry: false });
  if (owner !== undefined && (owner.uid !== uid || (owner.mode & 0o022) !== 0)) {
    return { kind: "foreign", path: runDir };
  }
  const read = readRegularFile(path);
  if (read.kind === "missing" || read.kind === "not-directory") return { kind: "missing", path };
  if (read.kind === "denied") return { kind: "denied", path };
  const record = read.kind === "file" ? readStartRecord(Buffer.from(read.bytes).toString()) : undefined;
  if (record?.role !== role) return { kind: "unreadable", path };
  const facts = processFacts(record.pid);
  const isSame = facts !== undefined && facts.startTime === record.startTime && facts.state !== "Z";
  return isSame ? { kind: "running", record, state: facts.state } : { kind: "ended", path };
}
