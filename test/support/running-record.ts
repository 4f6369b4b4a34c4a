import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { inRunDir } from "../../src/core/run-dir.ts";
import type { StartRecord } from "../../src/core/start-record.ts";
import { processFacts } from "../../src/shell/process-facts.ts";

/** Writes a record that says that this very process is a JobManager or TaskManager, with these changes. */
export function writeRecord(
  runDir: string,
  role: StartRecord["role"],
  changes: Partial<StartRecord> = {},
  mode = 0o700,
): void {
  const record: StartRecord = {
    version: 1,
    role,
    pid: process.pid,
    startTime: processFacts(process.pid)?.startTime ?? 0,
    flinkVersion: "2.3.0",
    environment: { set: { FLINK_HOME: "/opt/flink", FLINK_CONF_DIR: `${runDir}/conf` }, unset: [] },
    certificates: [],
    ...changes,
  };
  mkdirSync(runDir, { recursive: true });
  // The umask must not change it.
  chmodSync(runDir, mode);
  writeFileSync(inRunDir.startRecord(runDir, role), JSON.stringify(record), { mode: 0o600 });
}
