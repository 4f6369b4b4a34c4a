import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { type ClusterRole, inRoleDir, inRunDir, roleDirName } from "../../src/core/plan/run-dir.ts";
import type { StartRecord } from "../../src/core/plan/start-record.ts";
import { processFacts } from "../../src/shell/process/process-facts.ts";

/** Records this very process as a JobManager or TaskManager, with these changes: the first of its role, or another copy. */
export function writeRecord(
  runDir: string,
  role: ClusterRole,
  changes: Partial<StartRecord> = {},
  { mode = 0o700, copy = 1 }: { readonly mode?: number; readonly copy?: number } = {},
): void {
  const roleDir = inRunDir.roleDir(runDir, roleDirName(role, copy));
  const record: StartRecord = {
    version: 1,
    role,
    pid: process.pid,
    startTime: processFacts(process.pid)?.startTime ?? 0,
    flinkVersion: "2.3.0",
    environment: { set: { FLINK_HOME: "/opt/flink", FLINK_CONF_DIR: inRoleDir.conf(roleDir) }, unset: [] },
    certificates: [],
    ...changes,
  };
  mkdirSync(roleDir, { recursive: true });
  // The umask must not change it.
  chmodSync(runDir, mode);
  writeFileSync(inRoleDir.startRecord(roleDir), JSON.stringify(record), { mode: 0o600 });
}
