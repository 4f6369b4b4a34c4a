import type { Problem } from "../../core/findings/problem.ts";
import { isOptionKey } from "../../flink/option-keys.ts";
import { flinkProblems } from "./problems.ts";

/** What could be a further key: behind a blank, `;`, `,` or a literal `\n`, with a colon or an equals sign. */
const furtherKey = /(?:[\s;,]|\\n)\s*(?:-D)?([a-z][\w-]*(?:\.[\w-]+)+)\s*(?::(?=\s|$)|=)/g;

/** A problem for each value with another key of Flink's in it: Flink would take both for one value. */
export function keysInValues(
  entries: readonly { readonly key: string; readonly value: string; readonly line: number }[],
  where: readonly string[],
): readonly Problem[] {
  return entries
    .filter(({ key, value }) => !key.startsWith("env.") && !value.includes("\n"))
    .flatMap(({ key, value, line }) => {
      const other = [...value.matchAll(furtherKey)].map(([, name = ""]) => name).find(isOptionKey);
      if (other === undefined) return [];
      const text = `${key} and ${other} are in one line, so that Flink would take both for one value`;
      return [flinkProblems.problem("two-keys", [...where, `line ${line}`], text, "put each key into its own line")];
    });
}
