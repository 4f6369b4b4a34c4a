import { readDynamicProperties } from "../formats/flink-configuration/dynamic-properties.ts";
import { isSensitiveKey } from "../formats/flink-configuration/sensitive-keys.ts";

/** The arguments with the values of sensitive `-D` properties masked. */
export function maskArguments(argv: readonly string[]): readonly string[] {
  const masked = [...argv];
  for (const { key, index } of readDynamicProperties(argv)) {
    if (!isSensitiveKey(key)) continue;
    masked[index] = `${argv[index]?.startsWith("-D") ? "-D" : ""}${key}=<secret from -D>`;
  }
  return masked;
}
