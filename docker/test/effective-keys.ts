import { parse } from "yaml";

/** The keys of a config.yaml as Flink reads them: of nested ones, the names joined by dots. */
export function effectiveKeys(text: string): ReadonlyMap<string, unknown> {
  return new Map(flat(parse(text), ""));
}

function flat(value: unknown, prefix: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[prefix, value]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, prefix === "" ? key : `${prefix}.${key}`));
}
