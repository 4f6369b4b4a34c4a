import { Secret } from "../../core/secret.ts";
import type { UserKey } from "../../core/feature.ts";
import { readDynamicProperties } from "../../formats/flink-configuration/dynamic-properties.ts";
import { isSensitiveKey } from "../../formats/flink-configuration/sensitive-keys.ts";

/** The `-D` properties of a command that is one of Flink's; those of other programs mean something else. */
export function dynamicKeys(command: readonly string[]): readonly UserKey[] {
  const [first = "", ...args] = command;
  if (!/^(jobmanager|taskmanager|standalone-job|history-server|flink|.*\.sh)$/.test(first)) return [];
  return readDynamicProperties(args).map(({ key, value }) => {
    const origin = `-D ${key}`;
    return { key, value: isSensitiveKey(key) ? new Secret(origin, () => value) : value, where: ["-D"] };
  });
}
