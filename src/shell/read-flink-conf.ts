import { join } from "node:path";
import { readDynamicProperties } from "../formats/flink-configuration/dynamic-properties.ts";
import { parseFlinkConf } from "../formats/flink-configuration/flink-conf.ts";
import { parseFlinkYaml } from "../formats/flink-configuration/flink-yaml.ts";
import type { FlinkSettings } from "../health/kubernetes-probe.ts";
import { commandLine } from "./process/process-facts.ts";
import { readRegularFile } from "./files/read-file.ts";

const grammars = [
  { name: "config.yaml", parse: parseFlinkYaml },
  { name: "flink-conf.yaml", parse: parseFlinkConf },
];

/** The configuration of a conf dir: `config.yaml` or `flink-conf.yaml`, of which there is one. Without either, it is empty. */
export function readConfFile(confDir: string): { readonly name: string; readonly entries: FlinkSettings } {
  const entries = new Map<string, string>();
  let found = "config.yaml";
  for (const { name, parse } of grammars) {
    const read = readRegularFile(join(confDir, name));
    if (read.kind !== "file") continue;
    found = name;
    for (const { key, value } of parse(Buffer.from(read.bytes).toString())) entries.set(key, value);
  }
  return { name: found, entries };
}

/** What a Flink process was configured with: the file in its conf dir, and its `-D` arguments. */
export function readFlinkSettings(confDir: string, pid: number): FlinkSettings {
  const argv = commandLine(pid);
  // Those before the main class are the JVM's.
  const main = argv.findIndex((argument) => argument.startsWith("org.apache.flink."));
  const dynamic = main < 0 ? [] : readDynamicProperties(argv.slice(main + 1));
  return new Map([...readConfFile(confDir).entries, ...dynamic.map(({ key, value }) => [key, value] as const)]);
}
