import { parse } from "yaml";
import { isAtLeast } from "../core/feature/flink-version.ts";
import { splitEscaped } from "./memory/split-escaped.ts";

/** ConfigurationUtils.convertToList: a YAML list, or the older form `a;b`. `isItem` judges the text of an item. */
export function isListOf(value: string, isItem: (item: string) => boolean): boolean {
  if (splitEscaped(value, ";")?.every(isItem) === true) return true;
  const yaml = readYaml(value);
  return Array.isArray(yaml) && yaml.every((item) => isItem(String(item)));
}

/** The same for a list of maps. Before Flink 2, an item of the older form is no YAML. */
export function isListOfMaps(value: string, version: string): boolean {
  const isItem = isAtLeast(version, 2, 0) ? isMapOfTexts : isOlderMap;
  if (splitEscaped(value, ";")?.every(isItem) === true) return true;
  const yaml = readYaml(value);
  return Array.isArray(yaml) && yaml.every(isMap);
}

/** ConfigurationUtils.convertToProperties: a YAML map, or the older form `a:1,b:2`. */
export function isMapOfTexts(value: string): boolean {
  return isOlderMap(value) || isMap(readYaml(value));
}

function isOlderMap(value: string): boolean {
  const pairs = splitEscaped(value, ",")?.map((pair) => splitEscaped(pair, ":"));
  if (pairs === undefined || !pairs.every((pair) => pair?.length === 2)) return false;
  return new Set(pairs.map((pair) => pair?.[0])).size === pairs.length;
}

/** Flink writes keys and values as texts, which fails for those that are null. */
function isMap(value: unknown): boolean {
  return value instanceof Map && [...value].flat().every((part) => part !== null);
}

/** Undefined for what is not YAML. */
function readYaml(text: string): unknown {
  try {
    return parse(text, { version: "1.2", schema: "core", mapAsMap: true });
  } catch {
    return undefined;
  }
}
