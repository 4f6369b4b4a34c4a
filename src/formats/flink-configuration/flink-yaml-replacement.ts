import { isCollection, isMap, isNode, isScalar, isSeq, type Node, type Pair, visit } from "yaml";
import { newlineOf, type Replacement, type Span } from "./flink-document.ts";

/** What to replace to give a pair another scalar for its value; undefined where something else refers to its parts. */
export function replacementOf(text: string, pair: Pair, isFlow: boolean): Replacement | undefined {
  if (!isNode(pair.value) || hasAnchorOrTag(pair.value)) return undefined;
  const [from, to] = pair.value.range ?? [0, 0];
  const isBlock = isSeq(pair.value) && pair.value.flow !== true;
  const end = isBlock ? lastEnd(pair.value, from) : to;
  const after = text[end - 1] === "\n" ? newlineOf(text) : "";
  const colon = pair.srcToken?.sep?.find(({ type }) => type === "map-value-ind")?.offset ?? from;
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  if (!isBlock || lineStart <= colon) return { at: { from, to: end }, before: "", after, isFlow, drop: undefined };
  const drop = { from: lineStart, to: after === "" ? pastBlankRest(text, end) : end };
  return { at: { from: colon + 1, to: colon + 1 }, before: " ", after: "", isFlow, drop };
}

/** A node as it is written, without its tag and anchor, and without the line break behind a block. */
export function spanOf(text: string, node: Node | null): Span {
  const [from, to] = node?.range ?? [0, 0];
  return { from, to: from + text.slice(from, to).trimEnd().length };
}

/** Whether a text that ends with this node ends inside a block scalar (`|`, `>`), so that a further newline would be its own. */
export function endsInBlockScalar(node: Node | null): boolean {
  if (isScalar(node)) return node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
  const last = lastChild(node);
  return last !== undefined && endsInBlockScalar(last);
}

function lastChild(node: Node | null): Node | undefined {
  const last: unknown = isCollection(node) ? node.items.at(-1) : undefined;
  if (isNode(last)) return last;
  if (!isMap(node)) return undefined;
  const pair = node.items.at(-1);
  return [pair?.value, pair?.key].find((part) => isNode(part));
}

/** Where the last scalar of a block list ends: the list's own range goes on over comments. */
function lastEnd(node: Node, from: number): number {
  const last = isCollection(node) && node.flow !== true ? lastChild(node) : undefined;
  return last === undefined ? Math.max(from, node.range?.[1] ?? 0) : lastEnd(last, from);
}

function hasAnchorOrTag(node: Node): boolean {
  let found = false;
  visit(node, {
    Value: (_, { anchor, tag }) => {
      found ||= anchor !== undefined || tag !== undefined;
    },
  });
  return found;
}

function pastBlankRest(text: string, end: number): number {
  const rest = /[ \t]*(?:\r?\n|$)/y;
  rest.lastIndex = end;
  return end + (rest.exec(text)?.[0].length ?? 0);
}
