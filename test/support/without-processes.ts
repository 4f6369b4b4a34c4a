// Set up before each test file of the fast group: a test that starts a process fails, and belongs to the group "processes".
import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";

/** CaseRoot makes a pipe with it, which Node cannot. */
const allowed: readonly unknown[] = ["mkfifo"];

for (const name of ["spawn", "spawnSync", "execFile", "execFileSync", "exec", "execSync", "fork"] as const) {
  const start = childProcess[name] as (...args: readonly unknown[]) => unknown;
  const guarded = (...args: readonly unknown[]): unknown => {
    if (allowed.includes(args[0])) return start(...args);
    throw new Error(
      `a test of the group "fast" starts ${String(args[0])}: list its file in vitest.config.ts as "processes"`,
    );
  };
  Object.assign(childProcess, { [name]: guarded });
}
syncBuiltinESMExports();
