import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askFlink, askModel } from "../support/memory-oracle.ts";
import { memoryCorners, memorySettings } from "../support/memory-settings.ts";
import { isFull, testSeed } from "../support/test-seed.ts";

const versions = ["2.3.0", "2.2.1", "1.20.5"];

describe.each(versions)("memory model of Flink %s", (version) => {
  it(
    "answers as BashJavaUtils does, for settings that are accepted and for those that are not",
    { timeout: 300_000 },
    async () => {
      const random = fc.sample(memorySettings, { numRuns: isFull ? 60_000 : 5_000, seed: testSeed });
      const questions = [...memoryCorners, ...random];
      const theirs = await askFlink(version, questions);
      const ours = questions.map((question) => askModel(version, question));
      const different = questions.flatMap((question, index) =>
        ours[index] === theirs[index] ? [] : [{ question, flink: theirs[index], model: ours[index] }],
      );
      expect(different.slice(0, 3), `run again with SLUICE_TEST_SEED=${testSeed}`).toEqual([]);
      expect(theirs).toHaveLength(questions.length);
      const accepted = theirs.filter((answer) => answer.startsWith("ok\t")).length / theirs.length;
      expect(accepted).toBeGreaterThan(0.2);
      expect(accepted).toBeLessThan(0.8);
    },
  );
});
