import type { Target, UserKey } from "../../core/feature/feature.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import type { Document } from "../../core/settings/variables.ts";
import { parseFlinkProperties } from "../../formats/flink-configuration/flink-properties.ts";
import { readOneLine } from "../../formats/flink-configuration/one-line.ts";
import { expandKeys } from "./expansion.ts";
import { flinkProblems } from "./problems.ts";
import { keysInValues } from "./keys-in-values.ts";

/** What FLINK_PROPERTIES says. */
export interface ReadProperties {
  readonly keys: readonly UserKey[];
  /** See {@link import("./expansion.ts").ExpandedKeys.unset}. */
  readonly unset: readonly string[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

const nothing: ReadProperties = { keys: [], unset: [], problems: [], notices: [] };

/** The keys of FLINK_PROPERTIES_FILE and FLINK_PROPERTIES, expanded. The variable wins over the file, and the last line for a key. */
export function readProperties(document: Document | undefined, target: Target): ReadProperties {
  if (document === undefined) return nothing;
  const base = readProperties(document.base, target);
  const own = readDocument(document, target);
  const isInBoth = (key: string) => own.keys.some((each) => each.key === key);
  return {
    keys: [...base.keys.filter(({ key }) => !isInBoth(key)), ...own.keys],
    unset: [...base.unset, ...own.unset],
    problems: [...base.problems, ...own.problems],
    notices: [
      ...base.notices,
      ...own.notices,
      ...base.keys.filter(({ key }) => isInBoth(key)).map(({ key, where }) => overridden(key, where)),
    ],
  };
}

function overridden(key: string, where: readonly string[]): Notice {
  return {
    level: "warning",
    where,
    text: `${key} is in FLINK_PROPERTIES as well, which wins`,
    hint: "remove one of them",
  };
}

function readDocument({ text, where, hidden }: Document, target: Target): ReadProperties {
  const { text: lines, remarks } = readOneLine(text);
  const parsed = parseFlinkProperties(lines);
  const problems = parsed.problems.map(({ message, hint, line }) =>
    flinkProblems.problem("properties-syntax", line === undefined ? where : [...where, `line ${line}`], message, hint),
  );
  const duplicates = parsed.duplicates.map(({ key, lines: at }): Notice => ({
    level: "warning",
    where,
    text: `${key} is there more than once, in lines ${at.join(", ")}; the last one counts`,
    hint: "remove the others",
  }));
  const expanded = expandKeys(parsed.entries, where, target);
  return {
    keys: expanded.keys.map((key) => ({ ...key, hidden })),
    unset: expanded.unset,
    problems: [...problems, ...keysInValues(parsed.entries, where), ...expanded.problems],
    notices: [
      ...remarks.map((remark): Notice => ({ level: "warning", where, ...remark })),
      ...duplicates,
      ...expanded.notices,
    ],
  };
}
