import { main } from "./cli.ts";
import type { ExitCode } from "./core/findings/exit-code.ts";

/** A command line that the build runs before it takes the snapshot, so that all it needs is in there, and compiled. */
export interface Rehearsal {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly exitCode: ExitCode;
}

/** The variable by which the build hands over its rehearsals, as JSON. The finished executable does not look at it. */
export const rehearsalsVariable = "SLUICE_REHEARSALS";

/** Runs the rehearsals, with nothing that they could become. Throws when one ends otherwise than it should. */
export function rehearse(json: string): void {
  // process.execve asks it whether it is on the main thread; 1 ms, if it must be compiled first.
  process.getBuiltinModule("node:worker_threads");
  const execve: unknown = Reflect.get(process, "execve");
  const { poolSize } = Buffer;
  // Small buffers share a pool, and what was in them would stay in the snapshot.
  Buffer.poolSize = 0;
  Object.assign(process, { execve: undefined });
  for (const { args, env, exitCode } of JSON.parse(json) as readonly Rehearsal[]) {
    const ended = main(["sluice", ...args], env);
    if (ended !== exitCode) throw new Error(`sluice ${args.join(" ")} does not end with exit code ${exitCode}`);
  }
  Object.assign(process, { execve });
  Buffer.poolSize = poolSize;
}
