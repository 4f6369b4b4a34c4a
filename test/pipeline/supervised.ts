import { setTimeout as sleep } from "node:timers/promises";
import { type SluiceOptions, type SluiceProcess, startSluice } from "../support/run-sluice.ts";

/** A process that is started again whenever it ends, as Kubernetes does it with a container. */
export class Supervised {
  readonly #command: readonly string[];
  readonly #options: SluiceOptions;
  readonly #runs: SluiceProcess[] = [];
  #stopping = false;
  #supervision: Promise<void> | undefined;

  constructor(command: readonly string[], options: SluiceOptions) {
    this.#command = command;
    this.#options = options;
  }

  async start(): Promise<void> {
    let process = await this.#run();
    this.#supervision = (async () => {
      for (;;) {
        await process.ended;
        await sleep(1000);
        if (this.#stopping) return;
        process = await this.#run();
      }
    })();
  }

  async #run(): Promise<SluiceProcess> {
    const process = await startSluice(this.#command, this.#options);
    this.#runs.push(process);
    return process;
  }

  /** How often it was started. */
  get starts(): number {
    return this.#runs.length;
  }

  /** `kill -9` of the process that runs now. */
  async kill(): Promise<void> {
    const current = this.#runs.at(-1);
    if (current === undefined) return;
    process.kill(current.pid, "SIGKILL");
    await current.ended;
  }

  /** What the run of now has said. */
  lastOutput(): string {
    return this.#runs.at(-1)?.output() ?? "";
  }

  /** What all of its runs have said. */
  output(): string {
    return this.#runs.map((run) => run.output()).join("\n");
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#runs.at(-1)?.stop();
    await this.#supervision;
  }
}
