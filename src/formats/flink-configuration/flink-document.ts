import { Secret, type Text } from "../../secret.ts";
import { isSecret, mayHoldSecret } from "../secret-values.ts";

/** Part of a document's text: offsets, the second one exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One key of Flink's configuration, as a file says it. */
export interface FlinkEntry {
  /** Flattened: dots for levels. */
  readonly key: string;
  /** What Flink's `Configuration.toMap` has for it. */
  readonly value: string;
  /** Of the key, 1-based. */
  readonly line: number;
  /** The value as it is written. */
  readonly span: Span;
  /** What to replace to give it another value; undefined where that would change more than this key. */
  readonly replace: Replacement | undefined;
}

export interface Replacement {
  /** Where the new value goes. */
  readonly at: Span;
  readonly before: string;
  readonly after: string;
  /** Inside of { }, where a plain value ends at a comma. */
  readonly isFlow: boolean;
  /** A block list's own lines, which go when the value stands next to its key. */
  readonly drop: Span | undefined;
}

/** How keys can be added at the end of a document. */
export interface Appending {
  readonly before: string;
  readonly indent: string;
  readonly newline: string;
  /** Keys that stand there already, though not as an entry. */
  readonly taken: ReadonlySet<string>;
}

/** A file with Flink's configuration that can be written again with some keys changed and the rest as it was. */
export interface FlinkDocument {
  /** The file's path, for the origin of its secrets. */
  readonly source: string;
  readonly text: string;
  /** In the order of the text. A key that is there twice (flink-conf.yaml only) counts as the last one says. */
  readonly entries: readonly FlinkEntry[];
  /** Undefined where nothing can follow, such as after `...`. */
  readonly append: Appending | undefined;
}

/** A replacement in a text; edits do not overlap. */
export interface Edit extends Span {
  readonly by: Text;
}

/** The edits that hide each secret value that is not changed. */
export function maskingEdits(document: FlinkDocument, changed: (entry: FlinkEntry) => boolean): readonly Edit[] {
  return document.entries
    .filter((entry) => isSecret(entry.key, entry.value) && !changed(entry) && entry.span.to > entry.span.from)
    .map(({ key, span }) => ({ ...span, by: [hidden(document, key, span)] }));
}

/** The text with the edits made, and with values hidden that are commented out assignments of sensitive keys. */
export function applyEdits(document: FlinkDocument, edits: readonly Edit[]): Text {
  const parts: (string | Secret)[] = [];
  let at = 0;
  for (const edit of edits.toSorted((one, other) => one.from - other.from || one.to - other.to)) {
    if (edit.from < at) continue; // The same anchored value, hidden for each key that refers to it.
    parts.push(...hideComments(document, { from: at, to: edit.from }), ...edit.by);
    at = edit.to;
  }
  parts.push(...hideComments(document, { from: at, to: document.text.length }));
  return parts.filter((part) => part !== "");
}

/** `# s3.secret-key: abc`, also `#s3.secret-key=abc` and behind a value. */
const commentedAssignment = /#[^\n]*?(?<key>[\w.-]+)["']?[ \t]*[:=][ \t]*(?<value>[^\s#][^\r\n]*)/g;

function hideComments(document: FlinkDocument, { from, to }: Span): Text {
  const text = document.text.slice(from, to);
  // Looking for a word is much quicker than looking for assignments, and most texts have none.
  if (!mayHoldSecret(text)) return [text];
  const parts: (string | Secret)[] = [];
  let at = from;
  for (const match of text.matchAll(commentedAssignment)) {
    const { key = "", value = "" } = match.groups ?? {};
    if (!isSecret(key, value)) continue;
    const end = from + match.index + match[0].length;
    const span = { from: end - value.length, to: end };
    parts.push(document.text.slice(at, span.from), hidden(document, key, span));
    at = end;
  }
  return [...parts, document.text.slice(at, to)];
}

/** The value, hidden if it is secret. */
export function hideSecret(source: string, key: string, value: string): string | Secret {
  return isSecret(key, value) ? new Secret(`${source} ${key}`, () => value) : value;
}

function hidden({ source, text }: FlinkDocument, key: string, { from, to }: Span): Secret {
  return new Secret(`${source} ${key}`, () => text.slice(from, to));
}

/** The line ending that a text uses. */
export function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
