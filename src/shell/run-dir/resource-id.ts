import { rmSync } from "node:fs";
import { join } from "node:path";
import type { StartRecord } from "../../core/plan/start-record.ts";
import { readRegularFile } from "../files/read-file.ts";
import { writeFiles } from "../files/write-files.ts";

/** The resource id that an earlier probe has found for this very process; undefined where none has. */
export function readKnownId(roleDir: string, record: StartRecord): string | undefined {
  const read = readRegularFile(pathOf(roleDir));
  if (read.kind !== "file") return undefined;
  const [process, id] = Buffer.from(read.bytes).toString().trimEnd().split(" ");
  return process === nameOf(record) ? id : undefined;
}

/** Keeps it for later probes, so that they need not look through all TaskManagers. */
export function writeKnownId(roleDir: string, record: StartRecord, id: string): void {
  const bytes = Buffer.from(`${nameOf(record)} ${id}\n`);
  writeFiles([{ path: pathOf(roleDir), mode: 0o600, bytes, backup: undefined }]);
}

/** Makes the next probe look through all TaskManagers again. */
export function forgetKnownId(roleDir: string): void {
  rmSync(pathOf(roleDir), { force: true });
}

function pathOf(roleDir: string): string {
  return join(roleDir, "taskmanager.id");
}

function nameOf({ pid, startTime }: StartRecord): string {
  return `${pid}-${startTime}`;
}
