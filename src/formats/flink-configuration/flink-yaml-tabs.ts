import { CST, Lexer } from "yaml";
import { FormatError } from "../format-error.ts";

/**
 * Refuses tabs where Flink's loader does and the YAML 1.2 grammar does not: between tokens, but for the end of a plain value, and
 * before the further lines of a plain value.
 * @throws FormatError with the line
 */
export function checkTabs(text: string): void {
  if (!text.includes("\t")) return;
  let line = 1;
  let kind: "plain" | "block" | "other" = "other";
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (token === CST.SCALAR) {
      isScalar = true;
      continue;
    }
    if (token === CST.DOCUMENT || token === CST.FLOW_END) continue;
    const tab = isScalar && kind !== "block" ? token.search(/\n *\t/) : -1;
    const isBetween = !isScalar && kind !== "plain" && /^[ \t]*\t[ \t]*$/.test(token);
    if (tab >= 0 || isBetween) {
      const at = line + (tab < 0 ? 0 : countLines(token.slice(0, tab + 1)));
      throw new FormatError("a tab between values, where Flink takes none", "write spaces", at);
    }
    line += countLines(token);
    if (isScalar) kind = kind === "block" ? "other" : "plain";
    else if (/^[|>]/.test(token)) kind = "block";
    else if (kind !== "block") kind = "other";
    isScalar = false;
  }
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}
