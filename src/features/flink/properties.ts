import type { Target, UserKey } from "../../core/feature.ts";
import type { Notice, Problem } from "../../core/problem.ts";
import type { Document } from "../../core/variables.ts";
import { parseFlinkProperties } from "../../formats/flink-configuration/flink-properties.ts";
import { expandKeys } from "./expansion.ts";
import { flinkProblems } from "./problems.ts";

/** The keys of FLINK_PROPERTIES, expanded. The last of two lines for the same key wins, with a warning. */
export function readProperties(
  document: Document | undefined,
  target: Target,
): { readonly keys: readonly UserKey[]; readonly problems: readonly Problem[]; readonly notices: readonly Notice[] } {
  if (document === undefined) return { keys: [], problems: [], notices: [] };
  const { text, where } = document;
  const parsed = parseFlinkProperties(text);
  const problems = parsed.problems.map(({ message, hint, line }) =>
    flinkProblems.problem("properties-syntax", line === undefined ? where : [...where, `line ${line}`], message, hint),
  );
  const notices = parsed.duplicates.map(({ key, lines }): Notice => ({
    level: "warning",
    where,
    text: `${key} is there more than once, in lines ${lines.join(", ")}; the last one counts`,
    hint: "remove the others",
  }));
  const expanded = expandKeys(parsed.entries, where, target);
  return {
    keys: expanded.keys,
    problems: [...problems, ...expanded.problems],
    notices: [...notices, ...expanded.notices],
  };
}
