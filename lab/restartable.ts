import type { ServerProcess } from "./server-process.ts";

/** A server of the lab that can be ended and started again, on the same ports and with the same data. */
export abstract class Restartable {
  #process: ServerProcess | undefined;

  /** Starts it, and returns when it is ready. */
  protected abstract launch(): Promise<ServerProcess>;

  /** The process that is running now. */
  get process(): ServerProcess | undefined {
    return this.#process;
  }

  /** Starts it, unless it is running. */
  async restart(): Promise<void> {
    this.#process ??= await this.launch();
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    await this.#process?.kill();
    this.#process = undefined;
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
    this.#process = undefined;
  }
}
