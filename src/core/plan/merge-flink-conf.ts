import type { FormatError } from "../../formats/format-error.ts";
import { holdsSecret } from "../../formats/secret-values.ts";
import type { FlinkConfEntry, UserConf, UserKey } from "../feature/feature.ts";
import type { FlinkValue } from "./plan.ts";
import { type Problem, problemCatalogue } from "../findings/problem.ts";
import { Secret } from "../../secret.ts";

export const flinkConfProblems = problemCatalogue(
  "flink-conf",
  {
    contradiction: "A key of Flink's configuration contradicts a feature that is turned on.",
    unwritable:
      "A value cannot be written in the mounted file's format: the legacy flink-conf.yaml has no quotes and takes any # for a comment.",
    conflict:
      "Two features want different values for the same key of Flink's configuration. This is a defect of Sluice.",
  },
  "flink-configuration",
);

/** A merged key: `owner` is a feature's name, a file's path, `FLINK_PROPERTIES` or `-D`. */
export interface MergedKey {
  readonly value: FlinkValue;
  readonly owner: string;
  /** See {@link UserKey.hidden}. */
  readonly hidden?: boolean | undefined;
}

export interface FlinkConfMerge {
  /** What the process will see, `-D` included. */
  readonly effective: ReadonlyMap<string, MergedKey>;
  /** What the written file will say. */
  readonly written: ReadonlyMap<string, MergedKey>;
  /** What the written file must say beyond, or other than, the mounted one. */
  readonly changes: ReadonlyMap<string, MergedKey>;
  readonly problems: readonly Problem[];
}

/** An entry with the feature that wants it. */
export type OwnedEntry = FlinkConfEntry & { readonly owner: string };

/** What a file format that cannot say a value says about it. */
export function unwritable({ message, hint }: FormatError): Problem {
  return flinkConfProblems.problem("unwritable", [], message, hint);
}

/** Merges in the order default < mounted < set and required < FLINK_PROPERTIES < -D. */
export function mergeFlinkConf(entries: readonly OwnedEntry[], user: UserConf): FlinkConfMerge {
  const problems: Problem[] = [];
  const file = new Map<string, MergedKey>();
  const wanted = new Map<string, OwnedEntry>();
  for (const entry of entries) {
    const other = wanted.get(entry.key);
    if (other !== undefined && !sameValue(other.value, entry.value)) problems.push(conflict(other, entry));
    if (other === undefined || strength(entry) > strength(other)) wanted.set(entry.key, entry);
  }
  const put = (keys: readonly UserKey[]) => {
    for (const { key, value, where, hidden } of keys) file.set(key, { value, owner: where[0] ?? "", hidden });
  };
  const putEntries = (isWanted: (entry: OwnedEntry) => boolean) => {
    for (const entry of wanted.values())
      if (isWanted(entry)) file.set(entry.key, { value: entry.value, owner: entry.owner });
  };
  putEntries((entry) => entry.strength === "default");
  put(user.mounted);
  putEntries((entry) => entry.strength !== "default");
  put(user.properties);
  const effective = new Map(file);
  for (const { key, value, where } of user.dynamic) effective.set(key, { value, owner: where[0] ?? "-D" });
  for (const layer of [user.mounted, user.properties, user.dynamic]) {
    for (const written of layer) {
      const entry = wanted.get(written.key);
      if (entry?.strength === "required" && !sameValue(entry.value, written.value))
        problems.push(contradiction(entry, written));
    }
  }
  const mounted = new Map(user.mounted.map(({ key, value }) => [key, value]));
  const changes = new Map([...file].filter(([key, { value }]) => mounted.get(key) !== value));
  return { effective, written: file, changes, problems };
}

function strength(entry: FlinkConfEntry): number {
  return ["default", "set", "required"].indexOf(entry.strength);
}

/** The value as plans and messages show it. What the JVM's command line is made from stays a text, and is hidden only there. */
export function shownValue({
  key,
  value,
  hidden = false,
  owner = "",
}: Pick<UserKey, "key" | "value"> & { readonly hidden?: boolean | undefined; readonly owner?: string }): FlinkValue {
  if (value instanceof Secret || !(hidden || holdsSecret(value))) return value;
  return new Secret(owner === "" ? key : `${owner} ${key}`, () => value);
}

/** Flink reads booleans in any case. Two secrets are the same when they are one; what they hold is not looked at. */
function sameValue(one: FlinkValue, other: FlinkValue): boolean {
  if (one instanceof Secret || other instanceof Secret) return one === other;
  return one === other || (/^(true|false)$/i.test(one) && one.toLowerCase() === other.toLowerCase());
}

function contradiction(entry: OwnedEntry, written: UserKey): Problem {
  return flinkConfProblems.problem(
    "contradiction",
    written.where,
    `${written.key} is ${String(shownValue({ ...written, owner: written.where[0] ?? "" }))}, but ${entry.because} needs ${String(entry.value)}`,
    `remove ${written.key} here, or turn ${entry.because} off`,
  );
}

function conflict(one: OwnedEntry, other: OwnedEntry): Problem {
  return flinkConfProblems.problem(
    "conflict",
    [one.key],
    `${one.owner} wants ${String(one.value)} and ${other.owner} wants ${String(other.value)}`,
    `turn ${one.because} or ${other.because} off, and report this`,
  );
}
