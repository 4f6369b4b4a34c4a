import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { NotAvailable } from "./flink-home.ts";
import type { Jdk } from "./jdks.ts";

const source = join(import.meta.dirname, "java", "KeyStoreChecker.java");

/** What the JVM answered to one task: its lines' words, or why it failed. */
export type Answer =
  | { readonly kind: "done"; readonly lines: readonly string[][] }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Compiles KeyStoreChecker into a folder, for JDK 11 and newer, and returns that folder.
 * @throws NotAvailable without a JDK that has a compiler
 */
export async function compileChecker(folder: string): Promise<string> {
  const javaHome = process.env["JAVA_HOME"];
  const javac = javaHome === undefined ? "javac" : join(javaHome, "bin", "javac");
  try {
    await execa(javac, ["--release", "11", "-d", folder, source], { stdin: "ignore" });
    return folder;
  } catch (cause) {
    if (!(cause instanceof ExecaError)) throw cause;
    throw new NotAvailable(`javac: ${cause.shortMessage}`, "install a JDK and have javac on PATH, or set JAVA_HOME", {
      cause,
    });
  }
}

/** Runs all tasks in one JVM; the answers are in the tasks' order. */
export async function askJdk(jdk: Jdk, classes: string, tasks: readonly (readonly string[])[]): Promise<Answer[]> {
  const java = join(jdk.home, "bin", "java");
  const { stdout } = await execa(java, ["-cp", classes, "KeyStoreChecker"], {
    input: tasks.map((task) => `${task.join("\t")}\n`).join(""),
    env: { LC_ALL: "C.UTF-8" },
  });
  const answers: Answer[] = [];
  let lines: string[][] = [];
  for (const line of stdout.split("\n")) {
    const words = line.split("\t");
    if (words[0] === "done") answers.push({ kind: "done", lines });
    else if (words[0] === "failed") answers.push({ kind: "failed", reason: words[1] ?? "" });
    else {
      lines.push(words);
      continue;
    }
    lines = [];
  }
  return answers;
}
