import { isMap, isScalar, isSeq, type Node, type Pair, Scalar } from "yaml";
import type { ListItem } from "./flink-yaml-list.ts";
import type { YamlText } from "./flink-yaml-read.ts";
import { type ResolvedScalar, resolvePlain } from "./flink-yaml-scalar.ts";
import { FormatError } from "../format-error.ts";

/**
 * A value with its aliases resolved.
 * @throws FormatError for tags other than the core schema's own, and for what Flink's loader refuses inside lists.
 */
export function itemOf(yaml: YamlText, written: unknown, line: number, path: readonly Node[] = []): ListItem {
  const node = yaml.target(written);
  if (node === null) return { kind: "null", text: "null" };
  if (isScalar(node)) return scalarOf(yaml, node, yaml.lineOf(node));
  if (path.includes(node)) throw new FormatError("a list contains itself", "write it without the alias", line);
  const below = [...path, node];
  if (isSeq(node)) {
    checkTag(node, "seq", line);
    return { kind: "list", items: node.items.map((item) => itemOf(yaml, item, line, below)) };
  }
  if (!isMap(node)) return { kind: "null", text: "null" };
  checkTag(node, "map", line);
  const pairs = node.items.map((pair) => {
    checkKey(yaml, pair, line);
    return [itemOf(yaml, pair.key, line, below), itemOf(yaml, pair.value, line, below)] as const;
  });
  checkUnique(
    pairs.map(([key]) => JSON.stringify(key)),
    line,
  );
  return { kind: "map", pairs };
}

function checkUnique(keys: readonly string[], line: number): void {
  if (new Set(keys).size === keys.length) return;
  throw new FormatError("a map inside this list has the same key twice", "remove one of them", line);
}

/**
 * A key's text: Flink takes nothing but strings, and null for a key named null.
 * @throws FormatError for another key, none, and one that is not on the line of its colon
 */
export function keyText(yaml: YamlText, pair: Pair, line: number): string {
  checkKey(yaml, pair, line);
  const node = yaml.target(pair.key);
  const scalar = isScalar(node) ? scalarOf(yaml, node, line) : undefined;
  if (scalar?.kind === "string" || scalar?.kind === "null") return scalar.text;
  throw new FormatError("a key that is not text", "put the key in quotes", line);
}

function checkKey(yaml: YamlText, { key, srcToken }: Pair, line: number): void {
  const [from, to] = yaml.target(key)?.range ?? [0, 0];
  const isExplicit = srcToken?.start.some(({ type }) => type === "explicit-key-ind") === true;
  const colon = srcToken?.sep?.find(({ type }) => type === "newline" || type === "map-value-ind");
  if (from < to && (isExplicit || colon?.type !== "newline")) return;
  throw new FormatError("a colon without a key", "write `key: value`", line);
}

function scalarOf(yaml: YamlText, node: Scalar, line: number): ResolvedScalar {
  const text = textOf(yaml, node);
  if (node.tag === "!" || node.tag === `${core}str`) return { kind: "string", text };
  const resolved: ResolvedScalar = node.type === Scalar.PLAIN ? resolvePlain(text) : { kind: "string", text };
  if (node.tag !== undefined) checkTag(node, tags[resolved.kind], line);
  return resolved;
}

/**
 * What a scalar says. Where the text ends inside of a block (`|`, `>`) without a line break, the library adds one.
 */
function textOf({ text }: YamlText, node: Scalar): string {
  const value = String(node.value);
  const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
  const [from, to] = node.range ?? [0, 0];
  if (!isBlock || to < text.length || text.endsWith("\n") || !value.endsWith("\n")) return value;
  const lastLine = text.slice(text.lastIndexOf("\n") + 1);
  const isContent = /[^ ]/.test(lastLine) || /(?:^|\n) +\n$/.test(value);
  const isOnlyBreaks = /^[|>]\d?\+/.test(text.slice(from, to)) && /^\n+$/.test(value);
  return isContent || isOnlyBreaks ? value.slice(0, -1) : value;
}

const core = "tag:yaml.org,2002:";
const tags = { string: "str", null: "null", boolean: "bool", integer: "int", float: "float" } as const;

/** @throws FormatError unless the node has no tag, or the tag of its kind. */
export function checkTag(node: Node, expected: string, line: number): void {
  if (node.tag === undefined || node.tag === core + expected) return;
  throw new FormatError(
    "a tag that does not fit its value",
    "remove what starts with !, or put the value in quotes",
    line,
  );
}
