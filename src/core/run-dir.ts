import { join } from "node:path/posix";

/** The run dir that a user has in an environment. */
export function runDirOf(
  { SLUICE_RUN_DIR, TMPDIR }: { readonly SLUICE_RUN_DIR?: string | undefined; readonly TMPDIR?: string | undefined },
  uid: number,
): string {
  return SLUICE_RUN_DIR ?? join(TMPDIR ?? "/tmp", `sluice-${uid}`);
}

/** Names below the run dir that more than one module knows. */
export const inRunDir = {
  conf: (runDir: string): string => join(runDir, "conf"),
  seed: (runDir: string): string => join(runDir, "seed"),
  startRecord: (runDir: string, role: "jobmanager" | "taskmanager"): string => join(runDir, `${role}.json`),
  log: (runDir: string): string => join(runDir, "log"),
  hadoop: (runDir: string): string => join(runDir, "hadoop"),
  plugins: (runDir: string): string => join(runDir, "plugins"),
};
