import { join } from "node:path";
import { readDynamicProperties } from "../formats/flink-configuration/dynamic-properties.ts";
import { parseFlinkConf } from "../formats/flink-configuration/flink-conf.ts";
import { parseFlinkYaml } from "../formats/flink-configuration/flink-yaml.ts";
import type { FlinkSettings } from "../health/probe.ts";
import { commandLine } from "./process-facts.ts";
import { readRegularFile } from "./read-file.ts";

const grammars = [
  { name: "config.yaml", parse: parseFlinkYaml },
  { name: "flink-conf.yaml", parse: parseFlinkConf },
];

/** What a Flink process was configured with: the file in its conf dir, of which there is one, and its `-D` arguments. */
export function readFlinkSettings(confDir: string, pid: number): FlinkSettings {
  const entries = grammars.flatMap(({ name, parse }) => {
    const read = readRegularFile(join(confDir, name));
    return read.kind === "file" ? parse(Buffer.from(read.bytes).toString()).entries : [];
  });
  const argv = commandLine(pid);
  // Those before the main class are the JVM's.
  const main = argv.findIndex((argument) => argument.startsWith("org.apache.flink."));
  const dynamic = main < 0 ? [] : readDynamicProperties(argv.slice(main + 1));
  return new Map([...entries, ...dynamic].map(({ key, value }) => [key, value]));
}
