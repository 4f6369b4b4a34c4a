import { suggest } from "../core/findings/suggest.ts";
import renamedKeys from "./renamed-keys.json" with { type: "json" };
import { type DeclaredOption, declaredOptions, minorVersion } from "./option-dictionary.ts";

/**
 * Keys whose rest is the user's, or is read by something outside of Flink's distribution: file systems, table options, the
 * Operator. Not in the dictionary.
 */
const openFamilies = [
  "containerized.master.env.",
  "containerized.taskmanager.env.",
  "events.reporter.",
  "external-resource.",
  "failure-enricher.",
  "flink.hadoop.",
  "flink.yarn.",
  "fs.",
  "gs.",
  "hive.",
  "internal.",
  "job.autoscaler.",
  "kubernetes.internal.",
  "kubernetes.operator.",
  "metrics.reporter.",
  "oss.",
  "presto.",
  "s3.",
  "s3a.",
  "s3p.",
  "security.delegation.token.provider.",
  "security.kerberos.token.provider.",
  "sql-client.",
  "sql-gateway.",
  "table.",
  "traces.reporter.",
  "$internal.",
] as const;

/** What the official entrypoint writes into each configuration, though no version here reads it. */
const alsoKnown = "query.server.port";

export type KnownKey = { readonly known: true } | { readonly known: false; readonly suggestion?: string };

interface Dictionary {
  readonly keys: ReadonlySet<string>;
  /** Starts of keys whose rest is the user's, with the dot. */
  readonly families: readonly string[];
  /** The first parts of keys, such as `jobmanager`. */
  readonly roots: ReadonlySet<string>;
}

const dictionaries = new Map<string, Dictionary>();

/**
 * Whether this version of Flink has the key, as an option, as an older name of one, or in an open family. A key that starts
 * like none of Flink's may be a job's own: it counts as known unless it is all but the same as one of Flink's. For a version
 * that was not looked at, the dictionary is that of another patch, else that of all versions together.
 */
export function suggestKey(key: string, version: string): KnownKey {
  const { keys, families, roots } = dictionaryOf(version);
  if (keys.has(key) || key === alsoKnown || families.some((family) => key.startsWith(family))) return { known: true };
  const suggestion = suggest(key, [...keys]);
  if (suggestion !== undefined) return { known: false, suggestion };
  return roots.has(rootOf(key)) ? { known: false } : { known: true };
}

/** Whether a version of Flink has the option, under this name or as an older one. */
export function isOptionKey(key: string): boolean {
  return declaredOptions().some((option) => option.key === key);
}

/** What Flink 2.3 calls a key of 1.20 that it no longer reads: "" if it has no successor, undefined for other keys. */
export function successorOf(key: string): string | undefined {
  return Object.hasOwn(renamed, key) ? renamed[key] : undefined;
}

const renamed: Readonly<Record<string, string>> = renamedKeys;

function dictionaryOf(version: string): Dictionary {
  const minor = minorVersion(version);
  const known = dictionaries.get(minor);
  if (known !== undefined) return known;
  const ofMinor = declaredOptions().filter(({ minors }) => minors.includes(minor));
  const dictionary = readDictionary(ofMinor.length > 0 ? ofMinor : declaredOptions());
  dictionaries.set(minor, dictionary);
  return dictionary;
}

function readDictionary(options: readonly DeclaredOption[]): Dictionary {
  const keys = new Set(options.map(({ key }) => key.replace(/\.\*$/, "")));
  const mapPrefixes = options.filter(({ key }) => key.endsWith(".*")).map(({ key }) => key.slice(0, -1));
  return { keys, families: [...openFamilies, ...mapPrefixes], roots: new Set([...keys].map(rootOf)) };
}

function rootOf(key: string): string {
  return key.split(".", 1)[0] ?? key;
}
