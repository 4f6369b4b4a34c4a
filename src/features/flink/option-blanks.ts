import type { FlinkConfEntry, UserKey } from "../../core/feature/feature.ts";

const javaOptions = /^env\.java\.(opts|default-opts)(\.|$)/;

/**
 * The keys with JVM options that have no blanks at their ends. They mean nothing there, but YAML needs quotes for them, and the
 * scripts of Flink's clients take the quotes for a part of an option: "Could not find or load main class '-Da=1".
 */
export function withoutBlanks(keys: readonly UserKey[]): readonly UserKey[] {
  return keys.map((key) => {
    const { value } = key;
    return javaOptions.test(key.key) && typeof value === "string" ? { ...key, value: value.trim() } : key;
  });
}

/** Keys of the mounted file that must be written in another way. */
export function trimmedEntries(mounted: readonly UserKey[]): readonly FlinkConfEntry[] {
  return withoutBlanks(mounted)
    .filter((key, index) => key.value !== mounted[index]?.value)
    .map(({ key, value }) => ({ key, value, strength: "set", because: "Flink's scripts, which stumble over blanks" }));
}
