import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { User } from "../testkit/user.ts";

export interface ServerCommand {
  /** What it is called in messages, such as `Kafka`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment, besides PATH and JAVA_HOME. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** A file that takes what it says, and is written anew by each start. */
  readonly log: string;
  readonly user?: User | undefined;
  /** Whether it may go on when this process ends, once it is told so by {@link ServerProcess.release}. */
  readonly outlives?: boolean | undefined;
}

/** How long a server may take to be there, in milliseconds: far more than it needs, because a machine may be busy. */
const patience = 240_000;

/** Has the kernel end the server with this process, which may be killed before it can do so itself (prctl(2), PR_SET_PDEATHSIG). */
function mortal({ command, args }: ServerCommand): readonly [string, ...string[]] {
  if (process.platform !== "linux") return [command, ...args];
  return ["setpriv", "--pdeathsig", "KILL", "--", command, ...args];
}

/** A server of the lab: a process that says what it does in a file, and ends when it is told to. */
export class ServerProcess {
  readonly pid: number;
  readonly log: string;
  /** How it ended, such as `exit code 1` or `SIGKILL`. */
  readonly ended: Promise<string>;
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #onExit: () => void;

  private constructor(options: ServerCommand) {
    const { PATH, JAVA_HOME } = process.env;
    const output = openSync(options.log, "w", 0o644);
    const [command, ...args] = options.outlives === true ? [options.command, ...options.args] : mortal(options);
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...(PATH && { PATH }), ...(JAVA_HOME && { JAVA_HOME }), ...options.env },
      stdio: ["ignore", output, output],
      detached: options.outlives === true,
      ...options.user,
    });
    closeSync(output);
    this.pid = child.pid ?? 0;
    this.#child = child;
    this.#onExit = () => this.#kill("SIGKILL");
    process.once("exit", this.#onExit);
    this.log = options.log;
    this.#name = options.name;
    this.ended = new Promise((resolve) => {
      child.once("error", (error) => {
        if (child.pid === undefined) resolve(error.message);
      });
      child.once("exit", (code, signal) => {
        process.removeListener("exit", this.#onExit);
        resolve(signal ?? `exit code ${code}`);
      });
    });
  }

  /**
   * Starts a server, and waits until it is ready. Whatever keeps it from that, nothing of it stays.
   * @throws Error with its last words when it ends before.
   */
  static async start(
    options: ServerCommand,
    isReady: (server: ServerProcess) => Promise<boolean>,
  ): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    try {
      await server.#until(() => isReady(server));
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  async #until(isReady: () => Promise<boolean>): Promise<void> {
    const began = performance.now();
    while (!(await isReady())) {
      const ended = await Promise.race([this.ended, sleep(100)]);
      const last = `\n${this.lastWords()}`;
      if (ended !== undefined) throw new Error(`${this.#name} ended before it was ready: ${ended}${last}`);
      if (performance.now() - began > patience) throw new Error(`${this.#name} is not ready in ${patience} ms${last}`);
    }
  }

  /** What it has said since its start. */
  said(): string {
    return readFileSync(this.log, "utf8");
  }

  /** The last lines that it has said. */
  lastWords(): string {
    return this.said().trimEnd().split("\n").slice(-25).join("\n");
  }

  #kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Lets it go on when this process ends. */
  release(): void {
    process.removeListener("exit", this.#onExit);
    this.#child.unref();
  }

  /** Holds it: what it listens on still takes connections, and nothing answers. */
  pause(): void {
    this.#kill("SIGSTOP");
  }

  resume(): void {
    this.#kill("SIGCONT");
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    this.#kill("SIGKILL");
    await this.ended;
  }

  /** Ends it: SIGTERM, and SIGKILL after 20 s. May be called again. */
  async stop(): Promise<void> {
    this.resume();
    this.#kill("SIGTERM");
    const late = setTimeout(() => this.#kill("SIGKILL"), 20_000);
    await this.ended.finally(() => clearTimeout(late));
  }
}
