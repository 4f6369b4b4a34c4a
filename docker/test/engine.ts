import { execa } from "execa";

/** What a command of the engine has said, and how it ended. */
export interface EngineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** podman or docker: what both understand. */
export class Engine {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** Runs a command of the engine to its end. Never throws for an exit code. */
  async try(args: readonly string[]): Promise<EngineResult> {
    const { exitCode = 1, stdout, stderr } = await execa(this.name, args, { reject: false, stdin: "ignore" });
    return { exitCode, stdout, stderr };
  }

  /** Runs a command of the engine, and returns its stdout. Throws with its stderr when it fails. */
  async run(args: readonly string[]): Promise<string> {
    const { stdout } = await execa(this.name, args, { stdin: "ignore" });
    return stdout;
  }
}

/** The first engine that answers: a client without its daemon does not. */
export async function findEngine(): Promise<Engine | undefined> {
  for (const name of ["podman", "docker"]) {
    const engine = new Engine(name);
    if ((await engine.try(["info"])).exitCode === 0) return engine;
  }
  return undefined;
}
