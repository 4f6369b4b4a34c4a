import { join } from "node:path";
import { execa } from "execa";
import { flinkHome } from "./flink-home.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

/** What Flink reads from a file, or why it refuses it. */
export type Reading =
  | { readonly kind: "ok"; readonly entries: ReadonlyMap<string, string> }
  | { readonly kind: "refused"; readonly reason: string };

const source = new URL("java/ConfigurationOracle.java", import.meta.url).pathname;

/** Has Flink's own `GlobalConfiguration` read each text as a file of that name: one JVM for all of them. */
export async function readWithFlink(
  version: string,
  fileName: "config.yaml" | "flink-conf.yaml",
  texts: readonly string[],
): Promise<readonly Reading[]> {
  return (await ask(version, fileName, texts)).map(reading);
}

/** The keys among these whose values Flink hides. */
export async function sensitiveForFlink(version: string, keys: readonly string[]): Promise<readonly string[]> {
  const answers = await ask(version, "sensitive", keys);
  return keys.filter((_, index) => answers[index] === "true");
}

async function ask(version: string, word: string, texts: readonly string[]): Promise<readonly string[]> {
  const classPath = join(await flinkHome(version), "lib", `flink-dist-${version}.jar`);
  using folder = temporaryFolder();
  const { stdout } = await execa("java", ["-Dfile.encoding=UTF-8", "-cp", classPath, source, folder.path], {
    input: texts.map((text) => `${word} ${Buffer.from(text).toString("base64")}`).join("\n"),
    maxBuffer: 1 << 30,
  });
  return stdout.split("\n");
}

function reading(line: string): Reading {
  const [kind, ...words] = line.split("\t");
  if (kind !== "ok") return { kind: "refused", reason: words.join(" ") };
  const decoded = words.map((word) => Buffer.from(word, "base64").toString());
  const pairs = decoded.flatMap((key, index) => (index % 2 === 0 ? [[key, decoded[index + 1] ?? ""] as const] : []));
  return { kind: "ok", entries: new Map(pairs) };
}
