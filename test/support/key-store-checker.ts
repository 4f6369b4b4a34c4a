import { createHash } from "node:crypto";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import type { StoreEntry } from "../../src/formats/keystore/entries.ts";
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

/** The entries of a store, by alias: `KIND SHA256,...`. */
export function listingOf(entries: readonly StoreEntry[]): Record<string, string> {
  const sha256 = (der: Uint8Array): string => createHash("sha256").update(der).digest("hex");
  const certificates = (entry: StoreEntry) => (entry.kind === "key" ? entry.chain : [entry.certificate]);
  return Object.fromEntries(
    entries.map((entry) => [entry.alias, `${entry.kind} ${certificates(entry).map(sha256).join(",")}`]),
  );
}

/** The answer to a `list`, in the form of {@link listingOf}, and how many certificates a TrustManager takes from the store. */
export function listed(answer: Answer | undefined): { entries: Record<string, string>; trusts: number } {
  if (answer?.kind !== "done") throw new Error(answer?.reason ?? "no answer");
  const entries = answer.lines.filter(([word]) => word === "entry");
  const trusts = answer.lines.find(([word]) => word === "trusts")?.[1];
  return {
    entries: Object.fromEntries(entries.map(([, alias, kind, prints]) => [alias, `${kind} ${prints}`])),
    trusts: Number(trusts),
  };
}
