import { FormatError } from "../format-error.ts";
import { type Attribute, Namespaces, readAttributes } from "./attributes.ts";
import { qualifiedName } from "./names.ts";
import { resolveReferences } from "./text.ts";

/**
 * A piece of an XML document. Names are without their prefix. Text has its references resolved; text that CDATA or comments cut comes in
 * several pieces.
 */
export type XmlToken =
  | { readonly kind: "open"; readonly name: string; readonly attributes: readonly Attribute[]; readonly line: number }
  | { readonly kind: "close"; readonly name: string; readonly line: number }
  | { readonly kind: "text"; readonly text: string; readonly line: number };

/** Text, comment, instruction, CDATA, end tag, or start tag with everything up to its end. */
const piece = new RegExp(
  [
    String.raw`([^<]+)`,
    String.raw`<!--([^]*?)-->`,
    String.raw`<\?(${qualifiedName})(?:[\t\n ][^]*?)?\?>`,
    String.raw`<!\[CDATA\[([^]*?)\]\]>`,
    String.raw`</(${qualifiedName})[\t\n ]*>`,
    String.raw`<(${qualifiedName})((?:"[^"]*"|'[^']*'|[^"'<>])*)>`,
  ].join("|"),
  "y",
);

/** As Woodstox' own limit. */
const deepest = 1000;

interface Element {
  readonly written: string;
  readonly name: string;
  readonly namespaces: Namespaces;
}

/**
 * The tags and texts of a document with one root and without a DTD, of which {@link decodeXml} has made a text. It refuses what is not
 * well-formed with namespaces, as Woodstox 5.4 does.
 * @throws FormatError with the line
 */
export function* xmlTokens(text: string): Generator<XmlToken, undefined> {
  const open: Element[] = [];
  let hasRoot = false;
  let line = 1;
  for (let at = 0; at < text.length;) {
    piece.lastIndex = at;
    const match = piece.exec(text);
    if (match === null) throw unexpected(text.slice(at, at + 40), line);
    const [all, plain, comment, target, data, closing, opening, inner = ""] = match;
    if (comment !== undefined) checkComment(comment, line);
    if (target !== undefined) checkTarget(target, line);
    const content = data ?? plain;
    if (content !== undefined) {
      if (open.length > 0) yield { kind: "text", text: data ?? readText(content, line), line };
      else if (data !== undefined || content.replaceAll(/[\t\n ]/g, "") !== "") throw outside(hasRoot, line);
    }
    if (opening !== undefined) {
      if (open.length === 0 && hasRoot) throw outside(hasRoot, line);
      if (open.length === deepest) throw new FormatError("the tags are nested too deep", "close them", line);
      hasRoot = true;
      const parent = open.at(-1)?.namespaces ?? new Namespaces();
      const { attributes, namespaces } = readAttributes(inner.replace(/\/$/, ""), parent, line);
      const name = namespaces.localName(opening, line);
      yield { kind: "open", name, attributes, line };
      if (inner.endsWith("/")) yield { kind: "close", name, line };
      else open.push({ written: opening, name, namespaces });
    }
    if (closing !== undefined) {
      const element = open.pop();
      if (element?.written !== closing)
        throw new FormatError(`</${closing}> closes nothing that is open`, "close the tags in order", line);
      yield { kind: "close", name: element.name, line };
    }
    line += all.split("\n").length - 1;
    at += all.length;
  }
  const last = open.at(-1)?.written;
  if (last !== undefined) throw new FormatError(`<${last}> is not closed`, `end it with </${last}>`, line);
  if (!hasRoot) throw new FormatError("there is no element", "check that the file is XML");
  return undefined;
}

function readText(text: string, line: number): string {
  if (text.includes("]]>")) throw new FormatError("]]> ends no CDATA section", "write it as ]]&gt;", line);
  return resolveReferences(text, line);
}

function checkComment(comment: string, line: number): void {
  if (`${comment}-`.includes("--"))
    throw new FormatError("-- is not allowed in a comment", "write another separator", line);
}

function checkTarget(target: string, line: number): void {
  if (target.includes(":")) throw new FormatError(`<?${target} has a colon in its name`, "take it out", line);
  if (target.toLowerCase() === "xml")
    throw new FormatError(
      "the XML declaration is not at the start",
      "move it to the first line, before any space",
      line,
    );
}

function outside(hasRoot: boolean, line: number): FormatError {
  return hasRoot
    ? new FormatError("something follows the end of the root element", "take it out", line)
    : new FormatError("text stands before the first tag", "check that the file is XML", line);
}

function unexpected(rest: string, line: number): FormatError {
  if (rest.startsWith("<!DOCTYPE"))
    return new FormatError("a DTD is not read", "take it out, and write its entities' values", line);
  if (rest.startsWith("<!")) return new FormatError("a comment or CDATA section is not closed", "close it", line);
  // Not shown: it may be part of a secret.
  return new FormatError("< begins no valid tag", "write < as &lt; in a text, and end each tag with >", line);
}
