import type { Escaped } from "./escaped.ts";
import { FormatError } from "./format-error.ts";

/** A key for a file of `java.util.Properties`; printable ASCII only, so that its character set does not matter. */
export function escapePropertyKey(key: string): Escaped<"properties"> {
  if (key === "") throw new FormatError("a property has no name", "give it one");
  return escape(key).replaceAll(/[ =:#!]/g, "\\$&") as Escaped<"properties">;
}

/** A value, likewise. Only leading spaces and what the format takes for its own are escaped. */
export function escapePropertyValue(value: string): Escaped<"properties"> {
  return escape(value).replace(/^ +/, (spaces) => spaces.replaceAll(" ", "\\ ")) as Escaped<"properties">;
}

const letters: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\\": "\\\\" };

function escape(text: string): string {
  return text.replaceAll(/[^\x20-\x5b\x5d-\x7e]/g, (unit) => letters[unit] ?? `\\u${hex(unit)}`);
}

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, "0");
}

/**
 * Reads a file as `java.util.Properties.load(Reader)` does. A key that comes twice counts the last time.
 * @throws FormatError for a `\u` without four hexadecimal digits, with its line
 */
export function readProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const { line, number } of logicalLines(text)) {
    const [key, value] = split(line);
    properties.set(unescape(key, number), unescape(value, number));
  }
  return properties;
}

/** Lines with their continuations, without comments and blanks. */
function logicalLines(text: string): readonly { readonly line: string; readonly number: number }[] {
  const lines: { line: string; number: number }[] = [];
  let open = false;
  for (const [index, natural] of text.split(/\r\n|[\r\n]/).entries()) {
    const line = natural.replace(/^[ \t\f]+/, "");
    if (!open && (line === "" || /^[#!]/.test(line))) continue;
    const goesOn = /(?<!\\)(?:\\\\)*\\$/.test(line);
    const part = goesOn ? line.slice(0, -1) : line;
    const last = lines.at(-1);
    if (open && last !== undefined) last.line += part;
    else lines.push({ line: part, number: index + 1 });
    open = goesOn;
  }
  return lines.filter(({ line }) => line !== "");
}

/** At the first `=`, `:` or white space that no backslash escapes. */
function split(line: string): readonly [string, string] {
  const key = /^(?:\\[^]|[^\\=: \t\f])*/.exec(line)?.[0] ?? "";
  return [key, line.slice(key.length).replace(/^[ \t\f]*[=:]?[ \t\f]*/, "")];
}

const controls: Readonly<Record<string, string>> = { t: "\t", n: "\n", f: "\f", r: "\r" };

function unescape(text: string, line: number): string {
  return text.replaceAll(/\\(u.{0,4}|[^]|$)/g, (_match, escaped: string) => {
    if (!escaped.startsWith("u")) return controls[escaped] ?? escaped;
    if (/^u[0-9a-f]{4}$/i.test(escaped)) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    throw new FormatError("\\u needs four hexadecimal digits", "write a backslash twice where one is meant", line);
  });
}
