import { isMap, isScalar } from "yaml";
import type { Secret, Text } from "../../secret.ts";
import {
  type Appending,
  applyEdits,
  type Edit,
  type FlinkDocument,
  type FlinkEntry,
  hideSecret,
  maskingEdits,
  newlineOf,
} from "./flink-document.ts";
import { flatten } from "./flink-yaml-entries.ts";
import { itemOf } from "./flink-yaml-item.ts";
import { yamlKey, yamlQuoted, yamlScalar } from "./flink-yaml-quote.ts";
import { readYaml, type YamlText } from "./flink-yaml-read.ts";
import { endsInBlockScalar } from "./flink-yaml-replacement.ts";
import { FormatError } from "../format-error.ts";

type Changes = ReadonlyMap<string, string | Secret>;

/**
 * Reads a `config.yaml` as Flink's GlobalConfiguration does (1.19 and later; YAML 1.2 by snakeyaml-engine 2.6), with the values
 * that `Configuration.toMap` gives. `source` is the file's path, for the origin of its secrets.
 * @throws FormatError with the line, also for a key that is given twice, of which Flink would take one in silence.
 */
export function parseFlinkYaml(text: string, source = "config.yaml"): FlinkDocument {
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
  return { source, text, entries, append: appending(yaml) };
}

function appending(yaml: YamlText): Appending | undefined {
  const { text, root } = yaml;
  const isComplete = text === "" || text.endsWith("\n");
  const isFlow = isMap(root) && root.flow === true;
  const isWrittenNull = root !== null && !isMap(root) && root.range[0] !== root.range[1];
  if (/^\.\.\./m.test(text) || isFlow || isWrittenNull) return undefined;
  if (!isComplete && endsInBlockScalar(root)) return undefined;
  const from = root?.range?.[0] ?? 0;
  const indent = isMap(root) ? text.slice(text.lastIndexOf("\n", from - 1) + 1, from) : "";
  if (/[^ ]/.test(indent)) return undefined;
  const keys = isMap(root) ? root.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
  return { before: isComplete ? "" : newlineOf(text), indent, newline: newlineOf(text), taken: new Set(keys) };
}

/**
 * The document with these keys changed or added; all else stays as it is, byte for byte. Where the text leaves no place for a
 * change (a root in braces, an anchored value, a key whose place a map has), it is written anew, flat and without comments.
 * Sensitive values that are not changed are secrets too.
 */
export function writeFlinkYaml(document: FlinkDocument, changes: Changes): Text {
  const inPlace = new Map(document.entries.map((entry) => [entry.key, entry]));
  const added = [...changes].filter(([key]) => !inPlace.has(key));
  const { append } = document;
  const canStay =
    document.entries.every(({ key, replace }) => !changes.has(key) || replace !== undefined) &&
    (added.length === 0 || (append !== undefined && added.every(([key]) => !append.taken.has(key))));
  if (!canStay) return writeAnew(document, changes, added);
  const edits = document.entries.flatMap((entry) => replacements(entry, changes));
  const text = applyEdits(document, [...maskingEdits(document, ({ key }) => changes.has(key)), ...edits]);
  if (append === undefined || added.length === 0) return text;
  return [
    ...text,
    append.before,
    ...added.flatMap(([key, value]) => lineOf(append.indent, key, value, append.newline)),
  ];
}

function replacements({ key, replace }: FlinkEntry, changes: Changes): readonly Edit[] {
  const value = changes.get(key);
  if (value === undefined || replace === undefined) return [];
  const { at, before, after, isFlow, drop } = replace;
  const edit = { ...at, by: [before, written(value, isFlow ? yamlQuoted : yamlScalar), after] };
  return drop === undefined ? [edit] : [edit, { ...drop, by: [] }];
}

function writeAnew(
  { source, text, entries }: FlinkDocument,
  changes: Changes,
  added: readonly (readonly [string, string | Secret])[],
): Text {
  const newline = newlineOf(text);
  const all = entries.map(({ key, value }) => [key, changes.get(key) ?? hideSecret(source, key, value)] as const);
  return [...all, ...added].flatMap(([key, value]) => lineOf("", key, value, newline));
}

function lineOf(indent: string, key: string, value: string | Secret, newline: string): Text {
  return [`${indent}${yamlKey(key).replace("\n", newline + indent)}`, written(value, yamlScalar), newline];
}

function written(value: string | Secret, write: (value: string) => string): string | Secret {
  return typeof value === "string" ? write(value) : value.map(write);
}
