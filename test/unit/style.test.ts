import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Words that readers with other first languages stumble over, and what to write instead. */
const avoided: readonly (readonly [RegExp, string])[] = [
  [/\banew\b/i, "again"],
  [/\bwhoever\b/i, "anyone who, users who"],
  [/\bgo(?:es)? on\b/i, "continue, keep"],
  [/\bin place of\b/i, "instead of"],
  [/\bof (?:its|their|his|your|one's) own\b/i, "separate, dedicated"],
  [/\b(?:is|are) said\b/i, "is reported, logged"],
  [/\bsays? what\b/i, "reports, describes"],
  [/\bcomes? to nothing\b/i, "is invalid"],
  [/\bfor good\b/i, "permanently"],
  [/\bby (?:itself|themselves)\b/i, "automatically"],
  [/\b(?:has|have) to\b/i, "must"],
  [/\bas (?:it|they) stands?\b/i, "unchanged"],
  [/\band (?:its|the) like\b/i, "and similar"],
  [/\b(?:Wish|Offers|Places|Surroundings)\b/, "a noun of the field"],
];

const patterns = ["{src,docs,java,deploy,templates}/**/*.*", "README.md", "CONTRIBUTING.md"];
/** Built, fetched or installed. */
const notOurs = ["**/target/**", "**/node_modules/**", "**/*.{jar,png}"];

it("sources and documents use plain words", () => {
  const files = globSync(patterns, { exclude: notOurs, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files.flatMap(({ parentPath, name }) =>
    readFileSync(join(parentPath, name), "utf8")
      .split("\n")
      .flatMap((line, index) =>
        avoided
          .filter(([word]) => word.test(line))
          .map(
            ([word, instead]) => `${join(parentPath, name)}:${index + 1}: ${word.exec(line)?.[0]}: write ${instead}`,
          ),
      ),
  );
  expect(found).toEqual([]);
});
