import { problemCatalogue } from "../../core/problem.ts";

export const flinkProblems = problemCatalogue("flink", {
  "conf-unreadable": "A file of Flink's configuration folder cannot be read.",
  "conf-syntax": "The mounted configuration does not follow its format. It is left as it is.",
  "properties-syntax": "FLINK_PROPERTIES has a line that is no `key: value`.",
  "unset-variable": "A configuration refers to a variable that is not set and has no default.",
});
