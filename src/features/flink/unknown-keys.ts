import type { UserKey } from "../../core/feature.ts";
import type { Notice } from "../../core/problem.ts";
import { suggestKey } from "../../flink/option-keys.ts";

/** A warning for each key that this version of Flink does not know. */
export function unknownKeys(keys: readonly UserKey[], version: string): readonly Notice[] {
  return keys.flatMap(({ key, where }): Notice[] => {
    const found = suggestKey(key, version);
    if (found.known) return [];
    const hint = found.suggestion === undefined ? {} : { hint: `did you mean ${found.suggestion}?` };
    return [{ level: "warning", where, text: `Flink ${version} has no key ${key}`, ...hint }];
  });
}
