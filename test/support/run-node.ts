import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

const root = join(import.meta.dirname, "..", "..");

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs this Node with these arguments to the end, in an environment of exactly these variables. */
export function runNode(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Finished {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: root,
    env: environment,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** Runs `sluice` from source. */
export function runSluice(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Finished {
  return runNode([join(root, "src", "main.ts"), ...args], environment);
}
