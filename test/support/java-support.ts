import { readFileSync, writeFileSync } from "node:fs";

/** What tests found, by feature and by Java's feature version: `works`, or how it fails. */
export type JavaSupport = Readonly<Record<string, Readonly<Record<string, string>>>>;

const file = new URL("java-support.json", import.meta.url);

/** What is recorded; docs/java.md shows it. */
export function readJavaSupport(): JavaSupport {
  return JSON.parse(readFileSync(file, "utf8")) as JavaSupport;
}

/** Puts what was found into the record, and keeps what was not looked at. */
export function recordJavaSupport(found: JavaSupport): void {
  const before = readJavaSupport();
  const features = Object.entries({ ...before, ...found }).map(([feature, row]) => [
    feature,
    { ...before[feature], ...row },
  ]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(features), undefined, 2)}\n`);
}
