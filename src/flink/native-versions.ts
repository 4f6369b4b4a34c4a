/** The versions whose scripts and memory model were compared with what is computed here. */
const compared = ["1.20", "2.2", "2.3"];

/** Whether `computeLaunch` knows that Flink version, such as `2.3.0`. */
export function isNativeVersion(version: string): boolean {
  return compared.some((minor) => version.startsWith(`${minor}.`));
}
