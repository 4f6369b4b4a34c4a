import { join } from "node:path/posix";

/** Names below the run dir that more than one module knows. */
export const inRunDir = {
  conf: (runDir: string): string => join(runDir, "conf"),
  seed: (runDir: string): string => join(runDir, "seed"),
  log: (runDir: string): string => join(runDir, "log"),
  hadoop: (runDir: string): string => join(runDir, "hadoop"),
  plugins: (runDir: string): string => join(runDir, "plugins"),
};
