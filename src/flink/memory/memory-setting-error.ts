/** Memory settings that cannot be read, or that contradict each other. Flink's own classes would refuse them too. */
export class MemorySettingError extends Error {
  /** The keys to look at, the one to change first. */
  readonly keys: readonly string[];
  /** What to change, as an imperative. */
  readonly hint: string;

  constructor(keys: readonly string[], message: string, hint: string) {
    super(message);
    this.name = "MemorySettingError";
    this.keys = keys;
    this.hint = hint;
  }
}
