import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { optionKeys } from "../../scripts/generate-option-keys.ts";
import { declaredOptions } from "../../src/flink/option-dictionary.ts";
import { parseFlinkConf, writeFlinkConf } from "../../src/formats/flink-configuration/flink-conf.ts";
import type { FlinkEntry } from "../../src/formats/flink-configuration/flink-entry.ts";
import { parseFlinkYaml, writeFlinkYaml } from "../../src/formats/flink-configuration/flink-yaml.ts";
import { FormatError } from "../../src/formats/format-error.ts";
import { isSensitiveKey } from "../../src/formats/flink-configuration/sensitive-keys.ts";
import { type Reading, readWithFlink, sensitiveForFlink } from "../support/configuration-oracle.ts";
import { confDocument, edited, tokenSoup } from "../support/flink-documents.ts";
import { flinkHome } from "../support/flink-home.ts";
import { flinkVersions } from "../support/flink-versions.ts";
import { openText } from "../support/open-text.ts";
import { isFull, testSeed } from "../support/test-seed.ts";

const timeout = 300_000;
/** In each failure, to run it again. */
const seed = testSeed;
const numRuns = isFull ? 20_000 : 2_000;

/** Of a key that is there twice, the last one counts. */
function valuesOf(entries: readonly FlinkEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ key, value }) => [key, value]));
}

/** What we read, in the words of the oracle. */
function ourReading(parse: (text: string) => readonly FlinkEntry[], text: string): Reading {
  try {
    return { kind: "ok", entries: valuesOf(parse(text)) };
  } catch (error) {
    if (error instanceof FormatError) return { kind: "refused", reason: error.message };
    throw error;
  }
}

function isSame(one: Reading | undefined, other: Reading | undefined): boolean {
  if (one?.kind !== "ok" || other?.kind !== "ok") return one?.kind === other?.kind;
  return (
    one.entries.size === other.entries.size &&
    [...one.entries].every(([key, value]) => other.entries.get(key) === value)
  );
}

/** Asks Flink about all texts at once: a JVM takes longer to start than to read thousands of them. */
function readings(version: string, fileName: "config.yaml" | "flink-conf.yaml", texts: readonly string[]) {
  const answers = new Map<string, Reading>();
  beforeAll(async () => {
    for (const [index, answer] of (await readWithFlink(version, fileName, texts)).entries())
      answers.set(texts[index] ?? "", answer);
  }, timeout);
  return answers;
}

function differences(
  flink: ReadonlyMap<string, Reading>,
  texts: readonly string[],
  parse: (text: string) => readonly FlinkEntry[],
): readonly { readonly text: string; readonly ours: Reading; readonly theirs: Reading | undefined }[] {
  return texts.flatMap((text) => {
    const [ours, theirs] = [ourReading(parse, text), flink.get(text)];
    return isSame(ours, theirs) ? [] : [{ text, ours, theirs }];
  });
}

/** The documents for which the written text does not read as the old one with its changes. */
function miswritten(
  flink: ReadonlyMap<string, Reading>,
  documents: readonly {
    readonly text: string;
    readonly changes: ReadonlyMap<string, string>;
    readonly written: string;
  }[],
): readonly unknown[] {
  return documents.flatMap(({ text, changes, written }) => {
    const [before, after] = [flink.get(text), flink.get(written)];
    const wanted = before?.kind === "ok" ? new Map([...before.entries, ...changes]) : new Map<string, string>();
    return before?.kind === "ok" && isSame(after, { kind: "ok", entries: wanted })
      ? []
      : [{ text, changes, written, after }];
  });
}

describe.each(flinkVersions)("config.yaml, as Flink %s reads it", (version) => {
  const documents = fc.sample(edited, { numRuns, seed }).map(({ text, changes }) => {
    return {
      text,
      changes,
      written: openText(writeFlinkYaml(new Map([...valuesOf(parseFlinkYaml(text)), ...changes]))),
    };
  });
  const folder = join(import.meta.dirname, "flink-yaml");
  const odd = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  const soup = fc.sample(tokenSoup, { numRuns: numRuns * 2, seed: 1 });
  const both = documents.flatMap(({ text, written }) => [text, written]);
  const flink = readings(version, "config.yaml", [...both, ...odd.values(), ...soup]);

  it("holds what was there and what was changed, and nothing else", () => {
    expect({ seed, wrong: miswritten(flink, documents).slice(0, 3) }).toEqual({ seed, wrong: [] });
    expect(documents).toHaveLength(numRuns);
  });

  it("gives the entries that we read", () => {
    expect({ seed, wrong: differences(flink, [...odd.values(), ...both], parseFlinkYaml).slice(0, 3) }).toEqual({
      seed,
      wrong: [],
    });
    const refused = [...odd].filter(([, text]) => flink.get(text)?.kind === "refused").map(([name]) => name);
    expect(refused).toEqual([...odd.keys()].filter((name) => name.startsWith("refused-")));
  });

  it("is never read otherwise than Flink does, and hardly ever refused by us alone", () => {
    const wrong = differences(flink, soup, parseFlinkYaml);
    expect(wrong.filter(({ ours }) => ours.kind === "ok").slice(0, 3)).toEqual([]);
    expect(wrong.length).toBeLessThan(soup.length / 1000);
    expect(soup.filter((text) => flink.get(text)?.kind === "ok").length).toBeGreaterThan(numRuns / 4);
  });
});

describe("flink-conf.yaml, as Flink 1.20.5 reads it", () => {
  const documents = fc.sample(confDocument, { numRuns, seed }).map(({ text, changes }) => {
    return {
      text,
      changes,
      written: openText(writeFlinkConf(new Map([...valuesOf(parseFlinkConf(text)), ...changes]))),
    };
  });
  const texts = documents.flatMap(({ text, written }) => [text, written]);
  const flink = readings("1.20.5", "flink-conf.yaml", texts);

  it("holds what was there and what was changed, and nothing else", () => {
    expect({ seed, wrong: miswritten(flink, documents).slice(0, 3) }).toEqual({ seed, wrong: [] });
    expect(documents).toHaveLength(numRuns);
  });

  it("gives the entries that we read", () => {
    expect({ seed, wrong: differences(flink, texts, parseFlinkConf).slice(0, 3) }).toEqual({ seed, wrong: [] });
  });
});

describe("sensitive keys", () => {
  const keys = [
    ...new Set(declaredOptions().map(({ key }) => key)),
    ..."s3.secret-key fs.azure.account.key.x FS.Azure.Account.Key rest.http-headers basic-auth my.JAAS.config apikey".split(
      " ",
    ),
    ..."service-key auth-params a.Token b.PASSWORD s3.access-key key pass jaas".split(" "),
  ];

  it("are those of Flink 2.3.0", { timeout }, async () => {
    expect(keys.filter(isSensitiveKey)).toEqual(await sensitiveForFlink("2.3.0", keys));
  });

  it("are more than those of Flink 1.20.5", { timeout }, async () => {
    expect(keys.filter(isSensitiveKey)).toEqual(expect.arrayContaining([...(await sensitiveForFlink("1.20.5", keys))]));
  });
});

describe.each(flinkVersions)("the dictionary of keys", (version) => {
  it(`has those of Flink ${version}`, { timeout }, async () => {
    const written = declaredOptions().filter(({ versions }) => versions.includes(version));
    expect(written.map(({ key }) => key).toSorted()).toEqual(
      [...(await optionKeys(await flinkHome(version)))].toSorted(),
    );
  });
});
