import { isMap } from "yaml";
import { readHead } from "./flink-properties-line.ts";
import { flatten } from "./flink-yaml-entries.ts";
import { readYaml } from "./flink-yaml-read.ts";
import { FormatError } from "../format-error.ts";

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
 * - `key: value` takes the text without spaces around it and without a ` #` comment; the line may be indented;
 * - a value wholly in quotes or brackets is YAML, and so are the deeper lines below `key:`, `key: |` and `key: >`;
 * - a text in braces is YAML as a whole, and so is JSON;
 * - the last line for a key counts.
 */
export function parseFlinkProperties(text: string): FlinkProperties {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const all: Property[] = [];
  const problems: FormatError[] = [];
  const isWhole = text.trimStart().startsWith("{");
  for (let at = 0; at < lines.length;) {
    const { properties, problem, size } = isWhole ? readYamlAt(lines, 0, lines.length) : readAt(lines, at);
    for (const property of properties) all.push(property);
    if (problem !== undefined) problems.push(problem);
    at += size;
  }
  return { ...lastOfEach(all), problems: summed(problems) };
}

/** What stands in some lines. */
interface Reading {
  readonly properties: readonly Property[];
  readonly problem?: FormatError;
  /** In lines. */
  readonly size: number;
}

function readAt(lines: readonly string[], start: number): Reading {
  const text = lines[start] ?? "";
  const line = start + 1;
  if (/^\s*(?:#|$)/.test(text) || /^---\s*(?:#|$)/.test(text)) return { properties: [], size: 1 };
  const head = readHead(text, line);
  if (head instanceof FormatError) return { properties: [], problem: head, size: 1 };
  const size = head.kind === "literal" ? 1 : blockSize(lines, start);
  if (head.kind === "block" && size > 1) return readYamlAt(lines, start, size);
  if (head.kind === "flow") {
    const found = [1, size].map((each) => readYamlAt(lines, start, each)).find(({ problem }) => problem === undefined);
    if (found !== undefined) return found;
  }
  if (head.value !== "") return { properties: [{ key: head.key, value: head.value, line }], size: 1 };
  const hint = 'give it one, "" for the empty text, or remove the line';
  return { properties: [], problem: new FormatError(`${head.key} has no value`, hint, line), size: 1 };
}

/** The line, and the deeper ones and list items below it. */
function blockSize(lines: readonly string[], start: number): number {
  const indent = indentOf(lines[start] ?? "");
  let size = 1;
  for (let next = start + 1; next < lines.length; next += 1) {
    const text = lines[next] ?? "";
    const isDeeper = indentOf(text) > indent;
    if (text.trim() === "" || (!isDeeper && /^\s*#/.test(text))) continue;
    if (!isDeeper && !(indentOf(text) === indent && /^\s*(?:-(?:\s|$)|[\]}])/.test(text))) break;
    size = next + 1 - start;
  }
  return size;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function readYamlAt(lines: readonly string[], start: number, size: number): Reading {
  const end = start + size < lines.length ? "\n" : "";
  try {
    const yaml = readYaml(lines.slice(start, start + size).join("\n") + end);
    if (!isMap(yaml.root)) throw new FormatError("this line is not `key: value`", "write `key: value`", 1);
    const properties = flatten(yaml, yaml.root).entries.map(({ key, value, line }) => ({
      key,
      value,
      line: line + start,
    }));
    return { properties, size };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const problem = new FormatError(error.message, error.hint, (error.line ?? 1) + start);
    return { properties: [], problem, size };
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
