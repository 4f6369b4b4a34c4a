import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The mounted Secret with the keys of encrypted state. */
export class StateKeys {
  /** The one before the rotation, and the one after it. */
  readonly ids = ["first-key", "second-key"] as const;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder);
    this.#use(this.ids[0]);
  }

  get environment(): Readonly<Record<string, string>> {
    return { SEALED_STATE_ENABLED: "true", SEALED_STATE_KEY_DIR: this.#folder };
  }

  /** From now on files are written with another key; those of the first one can still be read. */
  rotate(): void {
    this.#use(this.ids[1]);
  }

  #use(id: string): void {
    writeFileSync(join(this.#folder, id), randomBytes(32), { mode: 0o600 });
    const unfinished = join(this.#folder, ".primary");
    writeFileSync(unfinished, id, { mode: 0o600 });
    renameSync(unfinished, join(this.#folder, "primary"));
  }
}
