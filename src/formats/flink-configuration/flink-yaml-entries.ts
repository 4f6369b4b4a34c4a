import { isMap, isNode, type Node, type Pair, type YAMLMap } from "yaml";
import type { FlinkEntry } from "./flink-entry.ts";
import { checkTag, itemOf, keyText } from "./flink-yaml-item.ts";
import { flowText } from "./flink-yaml-list.ts";
import type { YamlText } from "./flink-yaml-read.ts";
import { FormatError } from "../format-error.ts";

/** A key that is given again, in one map or after flattening. */
export interface Duplicate {
  readonly key: string;
  /** 1-based. */
  readonly lines: readonly [first: number, second: number];
}

export interface Flattened {
  /** In the order of the text, with those that are given again. */
  readonly entries: readonly FlinkEntry[];
  readonly duplicates: readonly Duplicate[];
}

/** Where in the tree a map is. */
interface Place {
  readonly prefix: string;
  readonly ancestors: readonly Node[];
}

/**
 * The keys of a map and of the maps in it, with dots between the levels, as Flink's GlobalConfiguration flattens them.
 * @throws FormatError where Flink would refuse: a key that is not text, a key without a value.
 */
export function flatten(yaml: YamlText, root: YAMLMap): Flattened {
  const entries: FlinkEntry[] = [];
  const duplicates: Duplicate[] = [];
  const leaves = new Map<string, number>();
  const walk = (map: YAMLMap, { prefix, ancestors }: Place): void => {
    const own = new Map<string, number>();
    for (const pair of map.items) {
      const line = yaml.lineOf(isNode(pair.key) ? pair.key : map);
      const key = prefix + keyText(yaml, pair, line);
      const value = yaml.target(pair.value);
      const before = own.get(key) ?? (isMap(value) ? undefined : leaves.get(key));
      if (before !== undefined) duplicates.push({ key, lines: [before, line] });
      own.set(key, line);
      if (!isMap(value)) {
        leaves.set(key, line);
        entries.push({ key, value: valueText(yaml, key, pair, line), line });
        continue;
      }
      if (ancestors.includes(value))
        throw new FormatError(`${key} contains itself`, "write it without the alias", line);
      checkTag(value, "map", line);
      walk(value, { prefix: `${key}.`, ancestors: [...ancestors, value] });
    }
  };
  checkTag(root, "map", yaml.lineOf(root));
  walk(root, { prefix: "", ancestors: [root] });
  return { entries, duplicates };
}

function valueText(yaml: YamlText, key: string, pair: Pair, line: number): string {
  const item = itemOf(yaml, pair.value, line);
  if (item.kind === "null") {
    throw new FormatError(`${key} has no value`, 'give it one, "" for the empty text, or remove the line', line);
  }
  return item.kind === "list" || item.kind === "map" ? flowText(item) : item.text;
}
