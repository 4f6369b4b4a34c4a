import type { MergedFlinkConf, Target } from "../../core/feature/feature.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { Secret } from "../../secret.ts";
import { mayHoldSecret } from "../../formats/secret-values.ts";
import { namedValue, outOfRange } from "../../flink/option-ranges.ts";
import { optionType, wrongValue } from "../../flink/option-values.ts";
import { keepsFromStarting } from "../../flink/start-keys.ts";
import { flinkProblems } from "./problems.ts";

/**
 * A finding for each value that Flink cannot convert, or that is out of the range that it takes. It is a problem if Flink would end
 * at its start, and a warning where the process may not read the key.
 */
export function wrongValues(
  conf: MergedFlinkConf,
  { command, flinkVersion }: Pick<Target, "command" | "flinkVersion">,
): readonly (Problem | Notice)[] {
  const [role = ""] = command;
  return [...conf].flatMap(([key, { value, owner, hidden }]): (Problem | Notice)[] => {
    // Flink ignores an empty value, or another check warns about it.
    if (value instanceof Secret || value === "") return [];
    const type = optionType(key, flinkVersion);
    const unconvertible = type && wrongValue(type, value, flinkVersion);
    const expected = unconvertible ?? outOfRange(key, value) ?? namedValue(key, value);
    if (expected === undefined) return [];
    // A secret may have come into the value of another key, as where two keys are in one line.
    const isShown = hidden !== true && !mayHoldSecret(value);
    const text = `${isShown ? JSON.stringify(shortened(value)) : "the value"} is not ${expected}`;
    const hint = `set ${key} to ${expected}, or remove it`;
    if (unconvertible !== undefined && keepsFromStarting(key, role, flinkVersion))
      return [flinkProblems.problem("wrong-value", [owner, key], text, hint)];
    return [{ level: "warning", where: [owner, key], text, hint }];
  });
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
