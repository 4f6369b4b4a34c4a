import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { openSecret, Secret } from "../../src/secret.ts";
import { readMountedConf } from "../../src/services/hdfs/mounted.ts";
import { siteFile } from "../../src/services/hdfs/site-files.ts";
import { readSystem } from "../../src/shell/read-system.ts";
import { orSkip } from "../support/jdks.ts";
import { openText } from "../support/open-text.ts";
import { siteFolder } from "../support/site-file-documents.ts";
import { readWithHadoop, type SiteReading } from "../support/site-file-reader.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const numRuns = process.env["SLUICE_TEST_FULL"] === "1" ? 20_000 : 1000;

/** What Hadoop reads and Sluice refuses, each for a reason. */
const refused = [
  // It can name files of the machine, and grow without bounds.
  /a DTD is not read/,
  // Nobody is known to use it, and it says characters that the file that is written cannot say.
  /XML 1\.1 is not read/,
  // Node has no decoder that is the same as Java's.
  /the encoding \S+ is not read/,
  // Java puts U+FFFD in for them, and so loses what was meant.
  /a byte is not valid/,
  // XML forbids them, and Woodstox finds them in UTF-8 only.
  /the character U\+FFF[EF] is not allowed/,
];

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const system = readSystem({ environment: {} });

interface Case {
  readonly path: string;
  /** What Sluice writes for it. */
  readonly written: string;
  readonly ours: SiteReading;
}

const cases = fc.sample(siteFolder, { seed: 20_261_201, numRuns }).map((files, index): Case => {
  const own = folder.at(`${index}`);
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), bytes);
  }
  const { core, problems } = readMountedConf(own, "/hadoop", system);
  const written = join(own, "written.xml");
  const { content } = siteFile("core", core, "/hadoop");
  writeFileSync(written, content.kind === "text" ? openText(content.text) : "");
  const properties = [...core].map(([name, { value, final }]) => {
    return [name, [value instanceof Secret ? openSecret(value) : value, final]] as const;
  });
  const path = join(own, "core-site.xml");
  const ours =
    problems.length > 0
      ? problems.map(({ where, text }) => [...where, text].join(": ")).join("\n")
      : new Map(properties);
  return { path, written, ours };
});

const answers = await orSkip("Hadoop's Configuration", () =>
  readWithHadoop(cases.flatMap(({ path, written }) => [path, written])),
);

/** Without names that nobody can ask for: Hadoop cuts blanks off from each that is asked for. */
function reachable(reading: SiteReading | undefined): unknown {
  if (reading === undefined || typeof reading === "string") return reading;
  const found = [...reading].filter(([name]) => name !== "" && name.trim() === name);
  return found.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

describe.runIf(answers !== undefined)(`of ${numRuns} generated folders, Hadoop's Configuration`, () => {
  const judged = cases.map((each, index) => ({
    ...each,
    hadoop: answers?.[2 * index],
    again: answers?.[2 * index + 1],
  }));
  const accepted = judged.filter(({ ours }) => typeof ours !== "string");

  it("takes what Sluice takes, and reads the same", () => {
    const differences = accepted.filter(
      ({ ours, hadoop }) => JSON.stringify(reachable(ours)) !== JSON.stringify(reachable(hadoop)),
    );
    expect(differences.slice(0, 3)).toEqual([]);
    // Neither side may be empty, or nothing is compared.
    expect(accepted.length).toBeGreaterThan(numRuns / 4);
  });

  it("reads the same from what Sluice writes for it", () => {
    const differences = accepted.filter(
      ({ hadoop, again }) => JSON.stringify(reachable(hadoop)) !== JSON.stringify(reachable(again)),
    );
    expect(differences.slice(0, 3)).toEqual([]);
  });

  it("refuses what Sluice refuses, but for what is listed", () => {
    const all = judged.flatMap(({ ours, ...rest }) => (typeof ours === "string" ? [{ ours, ...rest }] : []));
    const differences = all.filter(({ ours, hadoop }) => {
      return typeof hadoop !== "string" && !refused.some((reason) => reason.test(ours));
    });
    expect(differences.slice(0, 3)).toEqual([]);
    expect(all.length).toBeGreaterThan(numRuns / 8);
  });
});
