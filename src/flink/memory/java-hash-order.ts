/**
 * Entries in the order in which a `java.util.HashMap` iterates over them, having got them in the given order: Flink writes its
 * dynamic properties in that order. OpenJDK 8 and newer; a bucket of eight keys, which it would turn into a tree, is not looked at.
 */
export function hashMapOrder<V>(entries: Iterable<readonly [string, V]>, initialCapacity = 16): [string, V][] {
  const distinct = [...new Map(entries)];
  let buckets = initialCapacity;
  while (distinct.length > buckets * loadFactor) buckets *= 2;
  const bucket = (key: string) => spread(hashCode(key)) & (buckets - 1);
  return distinct.toSorted(([one], [other]) => bucket(one) - bucket(other));
}

/** The order of `new HashSet<>(keys)`, which is given its capacity beforehand. */
export function hashSetOrder(keys: readonly string[]): string[] {
  const wanted = Math.max(Math.trunc(keys.length / loadFactor) + 1, 16);
  const entries = keys.map((key) => [key, undefined] as const);
  return hashMapOrder(entries, 2 ** Math.ceil(Math.log2(wanted))).map(([key]) => key);
}

const loadFactor = 0.75;

/** `String.hashCode`. */
function hashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

/** `HashMap.hash`. */
function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}
