import { problemCatalogue } from "../../core/findings/problem.ts";

export const flinkProblems = problemCatalogue(
  "flink",
  {
    "conf-unreadable": "A file of Flink's configuration folder cannot be read.",
    "conf-syntax": "The mounted configuration does not follow its format. It is left as it is.",
    "properties-syntax": "FLINK_PROPERTIES has a line that is not `key: value`.",
    "two-keys": "A value of FLINK_PROPERTIES holds another key of Flink's configuration.",
    "wrong-value": "Flink cannot convert a value that the process reads when it starts, so that it would end.",
    "unset-variable": "A configuration refers to a variable that is not set and has no default.",
  },
  "flink-configuration",
);
