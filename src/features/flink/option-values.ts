import type { MergedFlinkConf } from "../../core/feature.ts";
import type { Notice } from "../../core/problem.ts";
import { Secret } from "../../secret.ts";
import { mayHoldSecret } from "../../formats/secret-values.ts";
import { namedValue, outOfRange } from "../../flink/option-ranges.ts";
import { optionType, wrongValue } from "../../flink/option-values.ts";

/** A warning for each value that Flink cannot convert, or that is out of the range that it takes. */
export function wrongValues(conf: MergedFlinkConf, version: string): readonly Notice[] {
  return [...conf].flatMap(([key, { value, owner, hidden }]): Notice[] => {
    // An empty value is one that Flink passes over, or that has a warning of its own.
    if (value instanceof Secret || value === "") return [];
    const type = optionType(key, version);
    const expected = (type && wrongValue(type, value, version)) ?? outOfRange(key, value) ?? namedValue(key, value);
    if (expected === undefined) return [];
    // A secret may have come into the value of another key, as where two keys are in one line.
    const isShown = hidden !== true && !mayHoldSecret(value);
    const text = `${isShown ? JSON.stringify(shortened(value)) : "the value"} is not ${expected}`;
    return [{ level: "warning", where: [owner, key], text, hint: `set ${key} to ${expected}, or remove it` }];
  });
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
