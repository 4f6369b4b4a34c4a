import { FormatError } from "./format-error.ts";

/** A piece of an XML document. Text has its references resolved; text that CDATA or comments cut comes in several pieces. */
export type XmlToken =
  | { readonly kind: "open"; readonly name: string; readonly line: number }
  | { readonly kind: "close"; readonly name: string; readonly line: number }
  | { readonly kind: "text"; readonly text: string; readonly line: number };

/** Ambari declares XInclude's namespace in every file, used or not. One token: text, comment or instruction, CDATA, reference, or tag. */
const piece =
  /([^<&]+)|<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|&([^;<&\s]+);|<(\/?)([A-Za-z_][\w.-]*)(?:\s+xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/y;

/**
 * The tags and texts of a document without attributes, names with a prefix, and DTD. Every tag that opens is closed, in the right order.
 * @throws FormatError with the line
 */
export function* xmlTokens(document: string): Generator<XmlToken, undefined> {
  const text = document.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const open: string[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    piece.lastIndex = at;
    const match = piece.exec(text);
    if (match === null) throw unexpected(text.slice(at, at + 40), line);
    const [all, plain, data, reference, slash, name, empty] = match;
    const content = plain ?? data ?? (reference === undefined ? undefined : character(reference, line));
    if (content !== undefined) yield { kind: "text", text: content, line };
    if (name !== undefined && slash === "") {
      open.push(name);
      yield { kind: "open", name, line };
    }
    if (name !== undefined && (slash === "/" || empty === "/")) {
      if (open.pop() !== name)
        throw new FormatError(`</${name}> closes nothing that is open`, "close the tags in order", line);
      yield { kind: "close", name, line };
    }
    line += all.split("\n").length - 1;
    at += all.length;
  }
  const last = open.at(-1);
  if (last !== undefined) throw new FormatError(`<${last}> is not closed`, `end it with </${last}>`, line);
  return undefined;
}

function unexpected(rest: string, line: number): FormatError {
  const tag = /^<([\w.:-]+)[\s/>]/.exec(rest)?.[1];
  if (tag !== undefined) {
    const hint = "write the properties themselves into this file, without attributes";
    return new FormatError(`<${tag}> has attributes or a prefix, which are not read`, hint, line);
  }
  if (rest.startsWith("<!")) return new FormatError("a DTD or an open comment is not read", "take it out", line);
  return new FormatError("< or & stands where it has no meaning", "write them as &lt; and &amp;", line);
}

const entities: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

function character(reference: string, line: number): string {
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(reference) ?? [];
  const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
  const found = entities.get(reference) ?? (code <= 0x10ffff ? String.fromCodePoint(code) : undefined);
  if (found === undefined || notXml.test(found))
    throw new FormatError(`there is no &${reference};`, "write & as &amp;", line);
  return found;
}

/** A character that XML 1.0 cannot say, not even as a reference (section 2.2). */
export const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const references: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", "\r": "&#13;" };

/**
 * Text as the content of an element. A carriage return is written as a reference, because a parser would make a line feed of it.
 * @throws FormatError for the characters that XML cannot say at all
 */
export function escapeXml(text: string): string {
  if (notXml.test(text)) throw new FormatError("it holds a character that XML cannot say", "take the character out");
  return text.replaceAll(/[<>&\r]/g, (found) => references[found] ?? found);
}
