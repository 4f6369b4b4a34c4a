import type { UserKey } from "../../core/feature/feature.ts";
import type { Notice } from "../../core/findings/problem.ts";

const allOptions = "env.java.opts.all";

/** Flink's distribution keeps the `--add-opens` that it needs on Java 17 in `env.java.opts.all`; who sets that key loses them. */
export function lostOptions(mounted: readonly UserKey[], properties: readonly UserKey[]): readonly Notice[] {
  const before = mounted.find(({ key }) => key === allOptions);
  const after = properties.find(({ key }) => key === allOptions);
  if (after === undefined || !opensModules(before) || opensModules(after)) return [];
  return [
    {
      level: "warning",
      where: after.where,
      text: `${allOptions} replaces the --add-opens options of ${before?.where[0]}, which Flink needs on Java 17`,
      hint: "use env.java.opts.jobmanager and env.java.opts.taskmanager for your options, or repeat them here",
    },
  ];
}

function opensModules(key: UserKey | undefined): boolean {
  return typeof key?.value === "string" && key.value.includes("--add-opens");
}
