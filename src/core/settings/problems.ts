import { problemCatalogue } from "../findings/problem.ts";

export const settingsProblems = problemCatalogue("settings", {
  "bad-value": "A variable holds something it does not take.",
  "both-given": "A secret and its `_FILE` form are both set, and it is not clear which one counts.",
  "bad-file": "The file that a `_FILE` variable names is missing, cannot be read, or is not a file.",
  "empty-secret": "A secret is set but holds nothing.",
  "not-text": "A variable or the file it names is not valid UTF-8 text.",
  "too-large": "A text is larger than any Flink configuration is.",
});
