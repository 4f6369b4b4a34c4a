// node scripts/generate-option-keys.ts [version ...]: writes options.json and renamed-keys.json in src/flink from the ConfigOptions in
// Flink's jars.
import { globSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { flinkHome } from "../test/support/flink-home.ts";

const folder = join(dirname(import.meta.dirname), "src", "flink");

/** The options of formats and connectors stand in a table's definition, those of reporters behind a reporter's prefix. */
const elsewhere = /^org\.apache\.flink\.(?:connector|formats|metrics|table|streaming)\./;

/** Keys without a dot that are not parts of others. */
const single = new Set(["external-resources", "high-availability", "restart-strategy", "scheduler-mode"]);

/** Those with a placeholder, relative ones, Flink's own, and those of open families, which `option-keys.ts` names. */
const leftOut = /[<$]|^(?:scope|python\.internal|internal|table|sql-client|sql-gateway|fs)\./;

/** An option of Flink, under its own key or an older one. */
export interface Option {
  /** The class that declares it. */
  readonly owner: string;
  readonly key: string;
  /** `integer`, `enum:A,B`, `list:string`, `map` and so on. */
  readonly type: string;
  /** The key that an older one stands for; the same for others. */
  readonly main: string;
}

/** Classes that need what Flink's distribution lacks: their options are Hadoop's and YARN's. */
const unloadable = /^org\.apache\.flink\.(?:yarn\.|runtime\.security\.(?:token\.hadoop|modules)\.)/;

/**
 * The ConfigOptions of one version, with the older names that it still takes.
 * @throws Error for a class of options that cannot be loaded, other than those of Hadoop and YARN
 */
export async function options(home: string): Promise<readonly Option[]> {
  const jars = globSync(["lib/*.jar", "opt/flink-python-*.jar"], { cwd: home }).toSorted();
  const source = join(import.meta.dirname, "OptionKeys.java");
  const { stdout } = await execa("java", [source, ...jars], { cwd: home });
  return stdout.split("\n").flatMap((line) => {
    const [owner = "", key = "", type = "", main = ""] = line.split(" ");
    if (owner === "unloadable") {
      if (!unloadable.test(key)) throw new Error(`${key} cannot be loaded: ${type}`);
      process.stderr.write(`left out: the options of ${key}, which cannot be loaded: ${type}\n`);
    }
    const isKey = !elsewhere.test(owner) && !leftOut.test(key) && (key.includes(".") || single.has(key));
    return isKey && owner !== "unloadable" ? [{ owner, key, type, main }] : [];
  });
}

/** The keys of one version's ConfigOptions, `key.*` for a map. */
export async function optionKeys(home: string): Promise<ReadonlySet<string>> {
  return new Set((await options(home)).map(({ key }) => key));
}

/** Types whose values can be wrong. */
const checkable =
  /^(?:integer|long|float|double|boolean|duration|memorysize|map|(?:list:)?enum:.*|list:string|list:map)$/;

/** The type of each key; none for a key that two options have with different types. */
export function typesOf(all: readonly Option[]): ReadonlyMap<string, string> {
  const byKey = Map.groupBy(all, ({ key }) => key.replace(/\.\*$/, ""));
  const typed = [...byKey].flatMap(([key, some]) => {
    const types = new Set(some.map(({ type }) => type));
    const [type = ""] = types;
    return types.size === 1 && checkable.test(type) ? [[key, type] as const] : [];
  });
  return new Map(typed);
}

/** Successors that Flink's options do not name, from the release notes of 2.0 and the descriptions of 1.20's options. */
const successors: Readonly<Record<string, string>> = {
  "cluster.evenly-spread-out-slots": "taskmanager.load-balance.mode",
  "execution.async-state.buffer-size": "execution.async-state.active-buffer-size",
  "execution.async-state.buffer-timeout": "execution.async-state.active-buffer-timeout",
  "execution.async-state.in-flight-records-limit": "execution.async-state.total-buffer-size",
  "jobmanager.heap.mb": "jobmanager.memory.heap.size",
  "jobmanager.heap.size": "jobmanager.memory.heap.size",
  "jobmanager.web.ssl.enabled": "security.ssl.rest.enabled",
  "pipeline.default-kryo-serializers": "pipeline.serialization-config",
  "pipeline.registered-kryo-types": "pipeline.serialization-config",
  "pipeline.registered-pojo-types": "pipeline.serialization-config",
  "security.ssl.enabled": "security.ssl.internal.enabled",
  "taskmanager.heap.mb": "taskmanager.memory.flink.size",
  "taskmanager.heap.size": "taskmanager.memory.flink.size",
  "taskmanager.initial-registration-pause": "cluster.registration.initial-timeout",
  "taskmanager.max-registration-pause": "cluster.registration.max-timeout",
  "taskmanager.network.batch-shuffle.compression.enabled": "taskmanager.network.compression.codec",
  "taskmanager.network.blocking-shuffle.compression.enabled": "taskmanager.network.compression.codec",
  "taskmanager.refused-registration-pause": "cluster.registration.refused-registration-delay",
  "taskmanager.registration.initial-backoff": "cluster.registration.initial-timeout",
  "taskmanager.registration.max-backoff": "cluster.registration.max-timeout",
  "taskmanager.registration.refused-backoff": "cluster.registration.refused-registration-delay",
  "web.ssl.enabled": "security.ssl.rest.enabled",
};

/** What a key of one version is called in another: its successor, or "" for none. Keys that are still there are left out. */
export function renames(before: readonly Option[], after: readonly Option[]): ReadonlyMap<string, string> {
  const known = new Set(after.map(({ key }) => key));
  const own = new Map(after.map(({ key, main }) => [key, main]));
  const gone = before.filter(({ key }) => !known.has(key));
  const successor = ({ key, main }: Option): string => {
    const names = before.filter((each) => each.main === main && each.key !== key).map((each) => each.key);
    const kept = successors[key];
    if (kept !== undefined && !own.has(kept))
      throw new Error(`${kept} is not an option, so that it does not succeed ${key}`);
    const found = [kept, main, ...names].find((name) => name !== undefined && own.has(name));
    return found === undefined ? "" : (own.get(found) ?? found);
  };
  const pairs = gone.map((option) => [option.key, successor(option)] as const);
  return new Map(pairs.toSorted(([one], [other]) => one.localeCompare(other)));
}

export function grouped(
  versionsOf: ReadonlyMap<string, readonly string[]>,
): Readonly<Record<string, readonly string[]>> {
  const groups = Map.groupBy([...versionsOf.keys()].toSorted(), (key) => versionsOf.get(key)?.join(" ") ?? "");
  const byVersions = [...groups].toSorted(([one], [other]) => other.length - one.length || one.localeCompare(other));
  return Object.fromEntries(byVersions);
}

/** A part of options.json: the next parts of keys, and under "" the option whose key ends here. */
interface Tree {
  [part: string]: Tree | string | string[];
}

/** The dictionary that `src/flink/option-dictionary.ts` reads: the keys by their parts, each with its type in each version. */
export function dictionary(found: ReadonlyMap<string, readonly Option[]>): object {
  const versions = [...found.keys()];
  const typesByKey = new Map<string, Map<string, string[]>>();
  for (const [version, all] of found) {
    const types = typesOf(all);
    for (const key of new Set(all.map((each) => each.key))) {
      const type = types.get(key.replace(/\.\*$/, "")) ?? "other";
      const byType = typesByKey.get(key) ?? new Map<string, string[]>();
      typesByKey.set(key, byType.set(type, [...(byType.get(type) ?? []), version]));
    }
  }
  const tree: Tree = {};
  for (const [key, byType] of [...typesByKey].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const entries = [...byType].map(([type, some]) =>
      some.length === versions.length ? type : [type, ...some].join(" "),
    );
    put(tree, key.split("."), entries.length === 1 ? (entries[0] ?? "") : entries);
  }
  return { versions, options: tree };
}

function put(tree: Tree, [part = "", ...rest]: readonly string[], value: string | string[]): void {
  const there = tree[part];
  if (rest.length === 0) {
    tree[part] = there === undefined ? value : { "": value, ...(there as Tree) };
    return;
  }
  const inner: Tree =
    there === undefined ? {} : typeof there === "string" || Array.isArray(there) ? { "": there } : there;
  tree[part] = inner;
  put(inner, rest, value);
}

async function writeDictionary(versions: readonly string[]): Promise<void> {
  const found = new Map<string, readonly Option[]>();
  for (const version of versions) {
    const all = await options(await flinkHome(version));
    found.set(version, all);
    process.stdout.write(`${version}: ${new Set(all.map(({ key }) => key)).size} keys\n`);
  }
  const inOrder = [...found.values()];
  write("options.json", dictionary(found));
  write("renamed-keys.json", Object.fromEntries(renames(inOrder[0] ?? [], inOrder.at(-1) ?? [])));
}

function write(name: string, value: object): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, undefined, 2)}\n`);
}

if (import.meta.main) {
  const asked = process.argv.slice(2);
  await writeDictionary(asked.length > 0 ? asked : ["1.20.5", "2.2.1", "2.3.0"]);
}
