import type { Secret, Text } from "../../secret.ts";
import { applyEdits, type FlinkDocument, type FlinkEntry, maskingEdits, newlineOf } from "./flink-document.ts";
import { FormatError } from "../format-error.ts";

/**
 * Reads a legacy `flink-conf.yaml` as `GlobalConfiguration.loadLegacyYAMLResource` of Flink 1.20 does: any `#` starts a comment,
 * the first `: ` splits, there are no quotes, and lines that are not so are skipped. Never throws.
 */
export function parseFlinkConf(text: string, source = "flink-conf.yaml"): FlinkDocument {
  const entries: FlinkEntry[] = [];
  let from = 0;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const entry = readLine(line, index + 1, from);
    if (entry !== undefined) entries.push(entry);
    from += line.length + (text.startsWith("\r\n", from + line.length) ? 2 : 1);
  }
  const newline = newlineOf(text);
  const before = text === "" || /[\r\n]$/.test(text) ? "" : newline;
  return { source, text, entries, append: { before, indent: "", newline, taken: new Set() } };
}

function readLine(text: string, line: number, from: number): FlinkEntry | undefined {
  const beforeComment = text.split("#", 1)[0] ?? "";
  const content = javaTrim(beforeComment);
  const colon = content.indexOf(": ");
  const key = javaTrim(content.slice(0, Math.max(colon, 0)));
  const value = javaTrim(content.slice(colon + 2));
  if (colon < 0 || key === "" || value === "") return undefined;
  const to = from + beforeComment.lastIndexOf(value) + value.length;
  const span = { from: to - value.length, to };
  return { key, value, line, span, replace: { at: span, before: "", after: "", isFlow: false, drop: undefined } };
}

/** `String.trim` of Java takes everything up to the space. */
function javaTrim(text: string): string {
  return text.replace(/^[\0- ]+|[\0- ]+$/g, "");
}

/**
 * The document with these keys changed or added; all else stays as it is, byte for byte. Of a key that is there twice, the last
 * line is changed, which is the one that counts.
 * @throws FormatError for a value that this grammar cannot say; for a Secret, when it is opened.
 */
export function writeFlinkConf(document: FlinkDocument, changes: ReadonlyMap<string, string | Secret>): Text {
  const last = new Map(document.entries.map((entry) => [entry.key, entry]));
  const edits = [...changes].flatMap(([key, value]) => {
    const entry = last.get(key);
    return entry === undefined ? [] : [{ ...entry.span, by: [written(key, value)] }];
  });
  const isChanged = (entry: FlinkEntry) => changes.has(entry.key) && last.get(entry.key) === entry;
  const text = applyEdits(document, [...maskingEdits(document, isChanged), ...edits]);
  const added = [...changes].filter(([key]) => !last.has(key));
  if (added.length === 0) return text;
  const newline = newlineOf(document.text);
  const lines = added.flatMap(([key, value]) => [`${checkKey(key)}: `, written(key, value), newline]);
  return [...text, document.append?.before ?? "", ...lines];
}

function written(key: string, value: string | Secret): string | Secret {
  return typeof value === "string" ? checkValue(key, value) : value.map((opened) => checkValue(key, opened));
}

function checkValue(key: string, value: string): string {
  const wrong = wrongPart(value);
  if (wrong === undefined) return value;
  throw new FormatError(
    `the value of ${key} ${wrong}, which flink-conf.yaml cannot say`,
    "mount the configuration as config.yaml (Flink 1.19 or later), or choose another value",
  );
}

function wrongPart(value: string): string | undefined {
  if (value === "") return "is empty";
  if (value.includes("#")) return "has a #";
  if (/[\r\n]/.test(value)) return "has a line break";
  return javaTrim(value) === value ? undefined : "starts or ends with a space";
}

function checkKey(key: string): string {
  if (key !== "" && javaTrim(key) === key && !/#|: |[\r\n]/.test(key)) return key;
  throw new FormatError("a key that flink-conf.yaml cannot say", "write keys of letters, digits, dots and dashes");
}
