import { splitWords } from "./bash-words.ts";

/**
 * The configuration with the `-D` among a command's arguments, as `BashJavaUtils` gets them: bash splits them at spaces on the
 * way, and all but `-D` is left out (`FlinkConfigLoader.filterCmdArgs`).
 */
export function withDynamicProperties(
  conf: ReadonlyMap<string, string>,
  args: readonly string[],
): ReadonlyMap<string, string> {
  const effective = new Map(conf);
  const words = splitWords(args.join(" "));
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const option = /^--?(D|c|configDir)$/.exec(word)?.[1];
    // Flink takes a bare `c` or `D` for an option as well, and then its parser stops there.
    if (/^(?:D|c|configDir|--D|--c)$/.test(word)) break;
    const property = option === undefined ? /^-D(.+)$/.exec(word)?.[1] : words[++index];
    if (property === undefined || option === "c" || option === "configDir") continue;
    const [key = "", ...value] = property.split("=");
    effective.set(key, value.length === 0 ? "true" : value.join("="));
  }
  return effective;
}
