import type { Escaped } from "../escaped.ts";
import { FormatError } from "../format-error.ts";

/** A character that XML 1.0 cannot say, not even as a reference (section 2.2). */
export const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const written: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", "\r": "&#13;" };

/**
 * Text as the content of an element. A carriage return is written as a reference, because a parser would make a line feed of it.
 * @throws FormatError for the characters that XML cannot say at all
 */
export function escapeXml(text: string): Escaped<"xml"> {
  if (notXml.test(text)) throw new FormatError("it holds a character that XML cannot say", "take the character out");
  return text.replaceAll(/[<>&\r]/g, (found) => written[found] ?? found) as Escaped<"xml">;
}

/**
 * Text with its references resolved: the five entities that XML defines, and character references.
 * @throws FormatError for other entities, for characters that XML cannot say, and for `&` that begins no reference
 */
export function resolveReferences(text: string, line: number): string {
  return text.replaceAll(/&([^;<&\s]*;)?/g, (_all, reference?: string) => {
    if (reference === undefined) throw new FormatError("& begins no reference", "write & as &amp;", line);
    const found = character(reference.slice(0, -1));
    if (found !== undefined && !notXml.test(found)) return found;
    // Not shown: it may be part of a secret.
    throw new FormatError("a reference is not one that XML defines", "write & as &amp;", line);
  });
}

const entities: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

function character(reference: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(reference) ?? [];
  if (hex === undefined && decimal === undefined) return entities.get(reference);
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
