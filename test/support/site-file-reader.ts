import { join } from "node:path";
import { execa } from "execa";
import { hdfsJars } from "../../lab/hdfs.ts";
import { jdkProgram } from "../../lab/java.ts";

const source = join(import.meta.dirname, "java", "SiteFileReader.java");

/** Name, value ("-" where a final property has none) and whether it is final, by name; or why Hadoop refuses the file. */
export type SiteReading = ReadonlyMap<string, readonly [value: string | undefined, final: boolean]> | string;

/**
 * Has Hadoop's own Configuration, of the jar hadoop-common, read each file: one JVM for all of them.
 * @throws NotAvailable without Maven or the network
 */
export async function readWithHadoop(paths: readonly string[]): Promise<readonly SiteReading[]> {
  const classPath = join(await hdfsJars(), "*");
  const { stdout } = await execa(jdkProgram("java"), ["-XX:TieredStopAtLevel=1", "-cp", classPath, source], {
    input: paths.map((path) => `${path}\n`).join(""),
    env: { LC_ALL: "C.UTF-8" },
    stderr: "ignore",
    maxBuffer: 1 << 30,
  });
  return stdout.split("\n").map(reading);
}

function reading(line: string): SiteReading {
  const [kind, ...words] = line.split("\t");
  if (kind !== "ok") return words.join(" ") || line;
  const properties = new Map<string, readonly [string | undefined, boolean]>();
  for (let at = 0; at + 2 < words.length; at += 3) {
    const [name = "", value = "", final] = words.slice(at, at + 3);
    properties.set(decode(name), [value === "-" ? undefined : decode(value), final === "true"]);
  }
  return properties;
}

function decode(word: string): string {
  return Buffer.from(word, "base64").toString();
}
