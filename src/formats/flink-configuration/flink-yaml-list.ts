import { type ResolvedScalar, resolvePlain } from "./flink-yaml-scalar.ts";

/** A list or a map inside a list, with its aliases resolved. */
export type ListItem =
  | ResolvedScalar
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | { readonly kind: "map"; readonly pairs: readonly (readonly [key: ListItem, value: ListItem])[] };

/**
 * A list as `YamlParserUtils.toYAMLString` writes it (snakeyaml-engine 2.6, flow style, lines never split): this is the string
 * that Flink keeps as the key's value.
 */
export function flowText(item: ListItem): string {
  if (item.kind === "list") return `[${item.items.map(flowText).join(", ")}]`;
  if (item.kind === "map") return `{${item.pairs.map(([key, value]) => flowPair(key, value)).join(", ")}}`;
  return item.kind === "string" ? flowString(item.text, false) : item.text;
}

/** The emitter's limit for a simple key, less its tag `!!str`. */
const longestSimpleKey = 122;

function flowPair(key: ListItem, value: ListItem): string {
  const isEmpty = (key.kind === "list" && key.items.length === 0) || (key.kind === "map" && key.pairs.length === 0);
  const isScalar = key.kind !== "list" && key.kind !== "map";
  const isSimple = isScalar && key.text !== "" && !key.text.includes("\n") && key.text.length <= longestSimpleKey;
  if (!isSimple && !isEmpty) return `? ${flowText(key)} : ${flowText(value)}`;
  return `${key.kind === "string" ? flowString(key.text, true) : flowText(key)}: ${flowText(value)}`;
}

function flowString(text: string, isKey: boolean): string {
  const hasLines = /[\n\u0085\u2028\u2029]/.test(text);
  if (isPlain(text) && !hasLines) return text;
  const isSingle = !hasSpecial(text) && !/ \n|\n /.test(text) && !hasLines && !(isKey && text === "");
  return isSingle ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text);
}

function isPlain(text: string): boolean {
  if (resolvePlain(text).kind !== "string" || hasSpecial(text)) return false;
  if (/^[ \n]|[ \n]$|\n/.test(text) || /^(?:---|\.\.\.)/.test(text)) return false;
  return !/^[#,[\]{}&*!|>'"%@`?:]|^-(?:[\0 \t\r\n]|$)|[,?[\]{}:]|[\0 \t\n]#/.test(text);
}

/** Characters that the emitter escapes whatever the style. */
function hasSpecial(text: string): boolean {
  return /[^\n\x20-\x7e\x85\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(text);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\0", "\\0"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ["\x1b", "\\e"],
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\x85", "\\N"],
  ["\xa0", "\\_"],
  ["\u2028", "\\L"],
  ["\u2029", "\\P"],
]);

function doubleQuoted(text: string): string {
  const characters = Array.from(text, (character) => escapes.get(character) ?? escapeUnprintable(character));
  return `"${characters.join("")}"`;
}

function escapeUnprintable(character: string): string {
  if (!hasSpecial(character)) return character;
  const code = character.charCodeAt(0);
  return code <= 0xff ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
