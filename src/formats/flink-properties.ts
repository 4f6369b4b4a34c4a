import { isMap } from "yaml";
import { readHead } from "./flink-properties-line.ts";
import { flatten } from "./flink-yaml-entries.ts";
import { readYaml } from "./flink-yaml-read.ts";
import { FormatError } from "./format-error.ts";

export interface Property {
  /** Flattened: dots for levels. */
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

export interface FlinkProperties {
  /** Each key once, as its last line says. */
  readonly entries: readonly Property[];
  readonly duplicates: readonly { readonly key: string; readonly lines: readonly number[] }[];
  /** All that is wrong, with lines and without the text of values. */
  readonly problems: readonly FormatError[];
}

/** More than these are only counted. */
const mostProblems = 20;

/**
 * Reads FLINK_PROPERTIES: what users of the official image write, line by line, and YAML where a line asks for it.
 * - `key: value` takes the value as it stands, less spaces around it and a ` #` comment; the line may be indented;
 * - a value wholly in quotes or brackets is YAML, and so are the deeper lines below `key:`, `key: |` and `key: >`;
 * - the last line for a key counts.
 */
export function parseFlinkProperties(text: string): FlinkProperties {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const all: Property[] = [];
  const problems: FormatError[] = [];
  const attempt = (read: () => readonly Property[]) => {
    try {
      for (const property of read()) all.push(property);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      problems.push(error);
    }
  };
  for (let at = 0; at < lines.length;) {
    const start = at;
    at += 1;
    attempt(() => {
      const { properties, size } = readAt(lines, start);
      at = start + size;
      return properties;
    });
  }
  return { ...lastOfEach(all), problems: summed(problems) };
}

interface Read {
  readonly properties: readonly Property[];
  /** In lines. */
  readonly size: number;
}

function readAt(lines: readonly string[], start: number): Read {
  const text = lines[start] ?? "";
  const line = start + 1;
  if (/^\s*(?:#|$)/.test(text) || /^---\s*(?:#|$)/.test(text)) return { properties: [], size: 1 };
  const head = readHead(text, line);
  const size = blockSize(lines, start);
  const block = () => ({ properties: readBlock(lines.slice(start, start + size), line), size });
  if (head.kind === "block" && size > 1) return block();
  if (head.kind === "flow") {
    const found =
      tryYaml(() => ({ properties: readBlock([text], line), size: 1 })) ?? (size > 1 ? tryYaml(block) : undefined);
    if (found !== undefined) return found;
  }
  if (head.value === "") {
    throw new FormatError(`${head.key} has no value`, 'give it one, "" for the empty text, or remove the line', line);
  }
  return { properties: [{ key: head.key, value: head.value, line }], size: 1 };
}

/** The line, and the deeper ones and list items below it. */
function blockSize(lines: readonly string[], start: number): number {
  const indent = indentOf(lines[start] ?? "");
  let size = 1;
  for (let next = start + 1; next < lines.length; next += 1) {
    const text = lines[next] ?? "";
    if (/^\s*(?:#|$)/.test(text)) continue;
    const isBelow = indentOf(text) > indent || (indentOf(text) === indent && /^\s*(?:-(?:\s|$)|[\]}])/.test(text));
    if (!isBelow) break;
    size = next + 1 - start;
  }
  return size;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function readBlock(lines: readonly string[], line: number): readonly Property[] {
  try {
    const yaml = readYaml(lines.join("\n"));
    if (!isMap(yaml.root)) throw new FormatError("this is not a key with a value", "write `key: value`", 1);
    return flatten(yaml, yaml.root).entries.map((entry) => ({ ...entry, line: entry.line + line - 1 }));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(error.message, error.hint, (error.line ?? 1) + line - 1);
  }
}

/** What looks like YAML and is not is a value as it stands. */
function tryYaml(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function lastOfEach(all: readonly Property[]): Pick<FlinkProperties, "entries" | "duplicates"> {
  const byKey = Map.groupBy(all, ({ key }) => key);
  const entries = all.filter((property) => byKey.get(property.key)?.at(-1) === property);
  const repeated = [...byKey].filter(([, properties]) => properties.length > 1);
  return {
    entries,
    duplicates: repeated.map(([key, properties]) => ({ key, lines: properties.map(({ line }) => line) })),
  };
}

function summed(problems: readonly FormatError[]): readonly FormatError[] {
  const rest = problems.slice(mostProblems);
  const [first] = rest;
  if (first === undefined) return problems;
  const more = new FormatError(
    `${rest.length} more lines are wrong, from here on`,
    "write `key: value`, one a line",
    first.line,
  );
  return [...problems.slice(0, mostProblems), more];
}
