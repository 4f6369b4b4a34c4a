import type { Target, UserKey } from "../../core/feature/feature.ts";
import type { FlinkValue } from "../../core/plan/plan.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { Secret } from "../../secret.ts";
import { expand } from "../../formats/flink-configuration/expand.ts";
import { isSensitiveKey } from "../../formats/flink-configuration/sensitive-keys.ts";
import { holdsSecret, isSecretKey } from "../../formats/secret-values.ts";
import { flinkProblems } from "./problems.ts";

/** A key as a format read it. */
interface ReadKey {
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

export interface ExpandedKeys {
  readonly keys: readonly UserKey[];
  /** Those whose value is no longer what is written. */
  readonly changed: ReadonlyMap<string, FlinkValue>;
  /** Variables that went into a key that Flink calls sensitive: Flink must not inherit them. */
  readonly unset: readonly string[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** Set by Flink's launcher, for `env.java.opts*` only. */
const setByLauncher: ReadonlySet<string> = new Set([
  "FLINK_BIN_DIR",
  "FLINK_CONF_DIR",
  "FLINK_HOME",
  "FLINK_LIB_DIR",
  "FLINK_LOG_DIR",
  "FLINK_LOG_PREFIX",
  "FLINK_OPT_DIR",
  "FLINK_PLUGINS_DIR",
]);

/** Expands `${NAME}` in each value, and makes a Secret of each value that must not be shown. */
export function expandKeys(entries: readonly ReadKey[], where: readonly string[], target: Target): ExpandedKeys {
  const keys: UserKey[] = [];
  const changed = new Map<string, FlinkValue>();
  const problems: Problem[] = [];
  const names = new Set<string>();
  const unset = new Set<string>();
  for (const { key, value, line } of entries) {
    const at = [...where, `line ${line}`];
    const leftAlone = key.startsWith("env.java.opts") ? setByLauncher : new Set<string>();
    const result = expand(value, target.variable, leftAlone);
    for (const name of result.unset) {
      problems.push(
        flinkProblems.problem(
          "unset-variable",
          [...at, key],
          `the variable ${name} is not set`,
          `set ${name}, give a default as \${${name}:-default}, or write $\${${name}} for the text itself`,
        ),
      );
    }
    for (const name of result.expanded) {
      names.add(name);
      if (isSensitiveKey(key)) unset.add(name);
    }
    const shown = masked(key, result.value, `${at.join(" ")} ${key}`);
    if (result.value instanceof Secret || result.value !== value) changed.set(key, shown);
    keys.push({ key, value: shown, where: at });
  }
  const notices: Notice[] =
    names.size === 0 ? [] : [{ level: "info", where, text: `expanded ${[...names].toSorted().join(", ")}` }];
  return { keys, changed, unset: [...unset], problems, notices };
}

function masked(key: string, value: FlinkValue, origin: string): FlinkValue {
  if (value instanceof Secret) return value;
  // JVM options must be read to get onto the command line; they are masked when they are shown.
  const isHidden = isSecretKey(key) || (holdsSecret(value) && !key.startsWith("env."));
  return isHidden ? new Secret(origin, () => value) : value;
}
