import type { ErrorCode } from "yaml";
import { FormatError } from "../format-error.ts";

const indentation = "indent with spaces, the keys of one level by the same number";
const quotes = "put the value in quotes";
const sentences: Partial<Record<ErrorCode, readonly [message: string, hint: string]>> = {
  ALIAS_PROPS: ["an alias cannot have a tag or an anchor", quotes],
  BAD_ALIAS: ["* starts an alias here", quotes],
  BAD_DIRECTIVE: ["% starts a directive here", quotes],
  BAD_DQ_ESCAPE: ["unknown escape in double quotes", "write \\\\ for a backslash, or use single quotes"],
  BAD_INDENT: ["wrong indentation, or an open bracket", `${indentation}, and close brackets`],
  BAD_SCALAR_START: ["a value cannot start with this character", quotes],
  BLOCK_AS_IMPLICIT_KEY: ["a value with `: ` in it, or wrong indentation", `${quotes}, or ${indentation}`],
  BLOCK_IN_FLOW: ["a block starts inside [ ] or { }", "close the bracket, or write it on one line"],
  KEY_OVER_1024_CHARS: ["a key is longer than 1024 characters", "make it shorter"],
  MISSING_CHAR: ["a colon, a space, a quote or a bracket is missing", "write `key: value`, and close what is open"],
  MULTILINE_IMPLICIT_KEY: ["a line without a colon", "write `key: value`"],
  RESOURCE_EXHAUSTION: ["it is nested too deeply", "make it flatter"],
  TAB_AS_INDENT: ["a tab indents this line", indentation],
  UNEXPECTED_TOKEN: ["this cannot stand here", `${quotes}, or ${indentation}`],
};

/** The parser's error in words that do not repeat the text. */
export function yamlProblem(code: ErrorCode, line: number): FormatError {
  const [message, hint] = sentences[code] ?? ["this is not YAML", "write `key: value`, one a line"];
  return new FormatError(message, hint, line);
}
