import { isMap } from "yaml";
import type { Secret, Text } from "../../secret.ts";
import { FormatError } from "../format-error.ts";
import type { FlinkEntry } from "./flink-entry.ts";
import { flatten } from "./flink-yaml-entries.ts";
import { itemOf } from "./flink-yaml-item.ts";
import { yamlKey, yamlScalar } from "./flink-yaml-quote.ts";
import { readYaml } from "./flink-yaml-read.ts";

/**
 * Reads a `config.yaml` as Flink's GlobalConfiguration does (1.19 and later; YAML 1.2 by snakeyaml-engine 2.6), with the values
 * that `Configuration.toMap` gives.
 * @throws FormatError with the line, also for a key that is given twice, of which Flink would take one in silence.
 */
export function parseFlinkYaml(text: string): readonly FlinkEntry[] {
  const yaml = readYaml(text);
  const { root } = yaml;
  const isEmpty = root === null || (!isMap(root) && itemOf(yaml, root, 1).kind === "null");
  if (!isEmpty && !isMap(root)) {
    throw new FormatError("this is not keys with values", "write `key: value`, with a space", yaml.lineOf(root));
  }
  if (isEmpty && /^(?:\s*(?:#.*)?\n)*\.\.\.(?:\s|$)/.test(text)) {
    throw new FormatError("there is nothing before ...", "remove that line", 1);
  }
  const { entries, duplicates } = isMap(root) ? flatten(yaml, root) : { entries: [], duplicates: [] };
  const [duplicate] = duplicates;
  if (duplicate !== undefined) {
    const [first, second] = duplicate.lines;
    throw new FormatError(`${duplicate.key} is in line ${first} already`, "remove one of the two", second);
  }
  return entries;
}

/** Writes the keys flat, in the order of their names, each value as a scalar that Flink reads back as this text. */
export function writeFlinkYaml(values: ReadonlyMap<string, string | Secret>): Text {
  return [...values]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, value]) => [
      yamlKey(key),
      typeof value === "string" ? yamlScalar(value) : value.map(yamlScalar),
      "\n",
    ]);
}
