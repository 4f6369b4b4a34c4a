import { beforeAll, describe, expect, it } from "vitest";
import { launchDifferences } from "../support/launch-differences.ts";
import { computedLines, withoutEmptyEntries, type LaunchLines } from "../support/launch-lines.ts";
import { record } from "../support/launch-recorder.ts";
import { readRecordings, recordAll } from "../support/launch-recordings.ts";
import type { LaunchSetup } from "../support/launch-setup.ts";
import { launchSetups, versions } from "../support/launch-setups.ts";

/** Runs every set-up with Flink's own scripts again, and writes their answers down; otherwise a few, and the rest as recorded. */
const full = process.env["SLUICE_TEST_FULL"] === "1";
const everything = [...launchSetups, ...launchDifferences.map(({ setup }) => setup)];

let recorded: (setup: LaunchSetup) => LaunchLines | undefined;
beforeAll(async () => {
  if (full) await recordAll(everything);
  recorded = readRecordings();
}, 3_600_000);

function answerOf(setup: LaunchSetup): LaunchLines {
  const answer = recorded(setup);
  if (answer === undefined) throw new Error("Flink's scripts were never asked this: run SLUICE_TEST_FULL=1 npm test");
  return withoutEmptyEntries(answer);
}

describe.each(versions)("argv, class path and environment of Flink %s", (version) => {
  it.each(launchSetups.filter((setup) => setup.version === version))("$name", (setup) => {
    expect(computedLines(setup)).toEqual(answerOf(setup));
  });
});

describe("set-ups", () => {
  it("are enough, and the scripts refuse some of them", () => {
    expect(launchSetups.length).toBeGreaterThanOrEqual(200);
    const refused = launchSetups.filter((setup) => answerOf(setup)[0] === "refused");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(launchSetups.length / 10);
  });

  it("are answered by the scripts as they were when they were recorded", { timeout: 120_000 }, async () => {
    const again: { name: string; now: LaunchLines; recorded: LaunchLines | undefined }[] = [];
    const start = Math.trunc(Math.random() * everything.length);
    for (const offset of [0, 1, 2]) {
      const setup = everything[(start + offset * 101) % everything.length];
      if (setup !== undefined) again.push({ name: setup.name, now: await record(setup), recorded: recorded(setup) });
    }
    expect(again.map(({ name, now }) => ({ name, answer: now }))).toEqual(
      again.map(({ name, recorded: before }) => ({ name, answer: before })),
    );
  });
});

describe("differences that are meant", () => {
  it.each(launchDifferences)("$name", ({ setup, onlyScripts, onlySluice }) => {
    const scripts = answerOf(setup);
    const sluice = computedLines(setup);
    expect(sluice.filter((line) => !scripts.includes(line))).toEqual(onlySluice);
    expect(scripts.filter((line) => !sluice.includes(line))).toEqual(onlyScripts ?? scripts);
    expect(scripts[0]).not.toBe("refused");
  });

  it("no empty entries in the class path, which a JVM takes for its working directory", () => {
    const [plain] = launchSetups;
    const classPath = (lines: LaunchLines | undefined) => lines?.[lines.indexOf("arg -classpath") + 1];
    expect(plain && classPath(recorded(plain))).toMatch(/:::$/);
    expect(plain && classPath(computedLines(plain))).not.toMatch(/::|:$/);
  });
});
