/** `["1.20", "2.3"]` of `1.20.5 2.3.0`, as the dictionaries group their keys. */
export function minorVersionsOf(versions: string): readonly string[] {
  return versions.split(" ").map((version) => version.split(".").slice(0, 2).join("."));
}
