// node scripts/generate-option-keys.ts [version ...]: writes src/flink/option-keys.json from the ConfigOptions in Flink's jars.
import { globSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { flinkHome } from "../test/support/flink-home.ts";

const file = join(dirname(import.meta.dirname), "src", "flink", "option-keys.json");

/** The options of formats and connectors stand in a table's definition, those of reporters behind a reporter's prefix. */
const elsewhere = /^org\.apache\.flink\.(?:connector|formats|metrics|table|streaming)\./;

/** Keys without a dot that are not parts of others. */
const single = new Set(["external-resources", "high-availability", "restart-strategy", "scheduler-mode"]);

/** Those with a placeholder, relative ones, Flink's own, and those of open families, which `option-keys.ts` names. */
const leftOut = /[<$]|^(?:scope|python\.internal|internal|table|sql-client|sql-gateway|fs)\./;

/** The keys of one version's ConfigOptions, with the older names that it still takes. */
export async function optionKeys(home: string): Promise<ReadonlySet<string>> {
  const jars = globSync(["lib/*.jar", "opt/flink-python-*.jar"], { cwd: home }).toSorted();
  const source = join(import.meta.dirname, "OptionKeys.java");
  const { stdout } = await execa("java", [source, ...jars], { cwd: home });
  const keys = stdout.split("\n").flatMap((line) => {
    const [owner = "", key = ""] = line.split(" ");
    const isKey = !elsewhere.test(owner) && !leftOut.test(key) && (key.includes(".") || single.has(key));
    return isKey ? [key] : [];
  });
  return new Set(keys);
}

async function writeDictionary(versions: readonly string[]): Promise<void> {
  const versionsOf = new Map<string, string[]>();
  for (const version of versions) {
    const keys = await optionKeys(await flinkHome(version));
    process.stdout.write(`${version}: ${keys.size} keys\n`);
    for (const key of keys) versionsOf.set(key, [...(versionsOf.get(key) ?? []), version]);
  }
  const groups = Map.groupBy([...versionsOf.keys()].toSorted(), (key) => versionsOf.get(key)?.join(" ") ?? "");
  const byVersions = [...groups].toSorted(([one], [other]) => other.length - one.length || one.localeCompare(other));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(byVersions), undefined, 2)}\n`);
}

if (import.meta.main) {
  const asked = process.argv.slice(2);
  await writeDictionary(asked.length > 0 ? asked : ["1.20.5", "2.2.1", "2.3.0"]);
}
