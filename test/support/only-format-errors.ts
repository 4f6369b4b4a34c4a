import { FormatError } from "../../src/formats/format-error.ts";

/** What the reader gives; undefined if it refuses its input. Any other error is the test's. */
export function onlyFormatErrors<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
