import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseAllDocuments,
  visit,
} from "yaml";
import { yamlProblem } from "./flink-yaml-problem.ts";
import { checkTabs } from "./flink-yaml-tabs.ts";
import { FormatError } from "../format-error.ts";

/** A YAML text with one document, and the way from its aliases to what they stand for. */
export interface YamlText {
  readonly text: string;
  readonly root: ParsedNode | null;
  readonly lineOf: (node: Node) => number;
  /** The node itself, or what the alias stands for. */
  readonly target: (node: unknown) => Node | null;
}

/** snakeyaml-engine's `maxAliasesForCollections`. */
const mostSharedCollections = 50;

/** Aliases inside of what aliases stand for multiply; no one who writes a configuration gets here. */
const mostResolutions = 10_000;

/** snakeyaml-engine's `codePointLimit`. */
const sizeLimit = 3 * 1024 * 1024;

/**
 * What snakeyaml-engine's reader refuses, and what is the end of a line for it and for no editor: a lone carriage return, U+0085,
 * U+2028, U+2029.
 */
const unreadable =
  /[^\t\n\r\x20-\x7e\u{a0}-\u{2027}\u{202a}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]|\r(?!\n)/u;

/**
 * Parses YAML as Flink's loader does (YAML 1.2, one document), scalars as they are written.
 * @throws FormatError with the line; the message never repeats the text, which may be a secret.
 */
export function readYaml(text: string): YamlText {
  checkCharacters(text);
  const lines = countLines(text);
  const joined = parse(joinComments(text));
  // Errors name the lines of the unchanged text.
  const { documents, failure } = joined.failure === undefined ? joined : parse(text);
  if (failure !== undefined) throw yamlProblem(failure.code, lines.linePos(failure.pos[0]).line);
  const [document, second] = documents;
  if (second !== undefined) {
    const { line } = lines.linePos(second.range[0]);
    throw new FormatError("a second document starts here", "keep one document, without a line --- in the middle", line);
  }
  checkTabs(text);
  const lineOf = (node: Node) => lines.linePos(node.range?.[0] ?? 0).line;
  const targets = document === undefined ? new Map<Alias, Node>() : aliasTargets(document);
  const shared = [...targets].filter(([, node]) => !isScalar(node)).map(([alias]) => alias)[mostSharedCollections];
  let resolutions = 0;
  const target = (node: unknown): Node | null => {
    if (isAlias(node)) {
      const found = targets.get(node);
      resolutions += 1;
      if (node === shared || resolutions > mostResolutions) {
        throw new FormatError("there are too many aliases", "write lists and maps out", lineOf(node));
      }
      if (found !== undefined) return found;
      throw new FormatError(
        "this alias has no anchor before it",
        "put the text in quotes if * is part of it",
        lineOf(node),
      );
    }
    return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
  };
  return { text, root: document?.contents ?? null, lineOf, target };
}

/** A further `...` begins no document. */
function isDocument({ contents, directives }: Document.Parsed, index: number): boolean {
  return index === 0 || directives.docStart === true || (contents !== null && contents.range[0] < contents.range[1]);
}

function checkCharacters(text: string): void {
  if (text.length > sizeLimit)
    throw new FormatError("it is larger than 3 MB, which is Flink's limit", "make it smaller");
  const at = text.replace(/^\ufeff/, " ").search(unreadable);
  if (at < 0) return;
  const line = text.slice(0, at).split("\n").length;
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  throw new FormatError(`control character U+${code}`, "remove it, or write it as an escape in double quotes", line);
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/**
 * Lines that are nothing but a comment, one right after the other. All begin in one column: by that of the last one, the parser
 * decides what a comment belongs to, and whether it takes a tab below.
 */
const comments = /^( *)#.*(?:\n\1#.*)+/gm;

/** A scalar that may go over lines, so that what looks like a comment in it is none. */
const scalarOverLines = /^(?! *#).*["'|>]/m;

/**
 * The same text for YAML, as long, but with comments of many lines made one line each: five sixths of the file that comes with
 * Flink are comments, and the parser takes as long for one of ten lines as for ten.
 */
function joinComments(text: string): string {
  if (scalarOverLines.test(text)) return text;
  return text.replace(comments, (lines) => lines.replaceAll("\n", " "));
}

function parse(text: string) {
  const parsed = parseDocuments(text);
  const all = "empty" in parsed ? [parsed] : parsed;
  // A warning is about a directive that is none, or a tag that itemOf looks at.
  const failures = all.flatMap(({ errors, warnings }) => [
    ...errors,
    ...warnings.filter(({ code }) => code === "BAD_DIRECTIVE"),
  ]);
  const [failure] = failures.toSorted((one, other) => one.pos[0] - other.pos[0]);
  return { documents: "empty" in parsed ? [] : parsed.filter(isDocument), failure };
}

function parseDocuments(text: string) {
  try {
    return parseAllDocuments(text, {
      keepSourceTokens: true,
      logLevel: "silent",
      prettyErrors: false,
      resolveKnownTags: false,
      schema: "failsafe",
      uniqueKeys: false,
    });
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError("it is nested too deeply", "make it flatter");
    throw error;
  }
}

function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias: (_, alias) => {
      const anchored = anchors.get(alias.source);
      if (anchored !== undefined) targets.set(alias, anchored);
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}
