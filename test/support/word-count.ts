import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { NotAvailable } from "./flink-home.ts";

const jobSource = join(import.meta.dirname, "java/WordCount.java");
const documentation = join(import.meta.dirname, "../../node_modules/@types/node");

/** How often each word occurs. */
export type WordCounts = ReadonlyMap<string, number>;

/**
 * Compiles the WordCount job against a Flink into a jar in a folder, by the JDK's javac and jar.
 * @throws NotAvailable without a JDK.
 */
export async function buildWordCount(flinkHome: string, folder: string): Promise<string> {
  const classes = join(folder, "classes");
  const jar = join(folder, "word-count.jar");
  mkdirSync(classes, { recursive: true });
  const classPath = join(flinkHome, "lib", "*");
  await jdk("javac", ["-proc:none", "--release", "11", "-d", classes, "-cp", classPath, jobSource]);
  await jdk("jar", ["--create", "--file", jar, "--main-class", "WordCount", "-C", classes, "."]);
  return jar;
}

async function jdk(tool: string, args: readonly string[]): Promise<void> {
  const { JAVA_HOME } = process.env;
  try {
    await execa(JAVA_HOME ? join(JAVA_HOME, "bin", tool) : tool, args);
  } catch (error) {
    if (!(error instanceof ExecaError) || error.code !== "ENOENT") throw error;
    throw new NotAvailable(`there is no ${tool}`, "install a JDK 17 (not only a JRE), or set JAVA_HOME to one", {
      cause: error,
    });
  }
}

/** Copies a real English text of some size into a folder: the documentation of Node's API, 2 MB in 50 files. */
export function copyText(folder: string): { readonly files: number; readonly counts: WordCounts } {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(documentation).filter((name) => name.endsWith(".d.ts"));
  for (const name of names) cpSync(join(documentation, name), join(folder, name));
  return { files: names.length, counts: countWords(names.map((name) => readFileSync(join(folder, name), "utf8"))) };
}

/** What the job has to arrive at. */
function countWords(texts: readonly string[]): WordCounts {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of text.split(/[^A-Za-z]+/)) {
      const key = word.toLowerCase();
      if (key !== "") counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/** What the job has written: a line for each word, in part files below the folder. */
export function readCounts(folder: string): WordCounts {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return parseCounts(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join(""));
}

/** The lines of all part files. */
export function parseCounts(lines: string): WordCounts {
  return new Map(
    lines
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\t"))
      .map(([word = "", count]) => [word, Number(count)]),
  );
}
