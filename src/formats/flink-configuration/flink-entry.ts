/** One key of Flink's configuration, as a file says it. */
export interface FlinkEntry {
  /** Flattened: dots for levels. */
  readonly key: string;
  /** What Flink's `Configuration.toMap` has for it. */
  readonly value: string;
  /** Of the key, 1-based. */
  readonly line: number;
}
