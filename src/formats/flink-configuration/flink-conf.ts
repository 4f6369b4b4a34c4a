import type { Secret, Text } from "../../secret.ts";
import { FormatError } from "../format-error.ts";
import type { FlinkEntry } from "./flink-entry.ts";

/**
 * Reads a legacy `flink-conf.yaml` as `GlobalConfiguration.loadLegacyYAMLResource` of Flink 1.20 does: any `#` starts a comment,
 * the first `: ` splits, there are no quotes, and lines that are not so are skipped. Of a key that is there twice, the last one
 * counts. Never throws.
 */
export function parseFlinkConf(text: string): readonly FlinkEntry[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => readLine(line, index + 1) ?? []);
}

function readLine(text: string, line: number): FlinkEntry | undefined {
  const content = javaTrim(text.split("#", 1)[0] ?? "");
  const colon = content.indexOf(": ");
  const key = javaTrim(content.slice(0, Math.max(colon, 0)));
  const value = javaTrim(content.slice(colon + 2));
  return colon < 0 || key === "" || value === "" ? undefined : { key, value, line };
}

/** `String.trim` of Java takes everything up to the space. */
function javaTrim(text: string): string {
  return text.replace(/^[\0- ]+|[\0- ]+$/g, "");
}

/**
 * Writes the keys in the order of their names.
 * @throws FormatError for a value that this grammar cannot say; for a Secret, when it is opened.
 */
export function writeFlinkConf(values: ReadonlyMap<string, string | Secret>): Text {
  return [...values]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, value]) => [`${checkKey(key)}: `, written(key, value), "\n"]);
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
