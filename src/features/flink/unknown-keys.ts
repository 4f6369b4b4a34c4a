import type { UserKey } from "../../core/feature/feature.ts";
import type { Notice } from "../../core/findings/problem.ts";
import { isAtLeast } from "../../core/feature/flink-version.ts";
import { successorOf, suggestKey } from "../../flink/option-keys.ts";

/** Keys of old or other versions that another check reports. */
const saidElsewhere = new Set(["security.ssl.enabled", "security.ssl.reload"]);

/** A warning for each key that this version of Flink does not know. */
export function unknownKeys(keys: readonly UserKey[], version: string): readonly Notice[] {
  return keys.flatMap(({ key, where }): Notice[] => {
    if (saidElsewhere.has(key)) return [];
    const found = suggestKey(key, version);
    if (found.known) return [];
    const successor = isAtLeast(version, 2, 0) ? successorOf(key) : undefined;
    if (successor !== undefined) {
      const text = `Flink ${version} no longer reads ${key}`;
      const hint = successor === "" ? "remove it; it has no successor" : `set ${successor} instead`;
      return [{ level: "warning", where, text, hint }];
    }
    const hint = found.suggestion === undefined ? {} : { hint: `did you mean ${found.suggestion}?` };
    return [{ level: "warning", where, text: `Flink ${version} has no key ${key}`, ...hint }];
  });
}
