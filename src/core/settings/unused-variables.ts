import type { Notice } from "../findings/problem.ts";

/** A warning for each of these variables that is set, where what would read it is not turned on. */
export function notRead(
  settings: Readonly<Record<string, unknown>>,
  names: readonly string[],
  hint: string,
): readonly Notice[] {
  return names
    .filter((name) => isSet(settings[name]))
    .map((name) => ({ level: "warning", where: [name], text: "it is not read", hint }));
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
