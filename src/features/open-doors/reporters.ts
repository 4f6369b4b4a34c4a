import type { MergedFlinkConf } from "../../core/feature/feature.ts";

/** The metrics reporters that Flink starts and whose class has such a name (ReporterSetupBuilder, 1.20 to 2.3). */
export function listedReporters(conf: MergedFlinkConf, className: RegExp): readonly string[] {
  const listed = String(conf.get("metrics.reporters")?.value ?? "")
    .split(/\s*,\s*/)
    .filter((name) => name !== "");
  const found = [...conf].flatMap(([key, { value }]) => {
    const [, name = ""] = /^metrics\.reporter\.([^.\s]+)\.(?:factory\.)?class$/.exec(key) ?? [];
    return name !== "" && className.test(String(value)) ? [name] : [];
  });
  return [...new Set(found)].filter((name) => listed.length === 0 || listed.includes(name));
}
