import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { NotAvailable } from "./flink-home.ts";

const source = join(import.meta.dirname, "java", "ClientFormatsReader.java");

/** The lines of words that the JVM read for one task, or why it did not. */
export type Reading = readonly (readonly string[])[] | string;

/**
 * Has one JVM do all tasks of ClientFormatsReader, in their order.
 * @throws NotAvailable without a JDK that has a compiler
 */
export async function readAsJava(tasks: readonly (readonly string[])[]): Promise<readonly Reading[]> {
  const javaHome = process.env["JAVA_HOME"];
  const java = javaHome === undefined ? "java" : join(javaHome, "bin", "java");
  const input = tasks.map((task) => `${task.join("\t")}\n`).join("");
  try {
    const { stdout } = await execa(
      java,
      ["-XX:TieredStopAtLevel=1", "--add-exports", "java.security.jgss/sun.security.krb5=ALL-UNNAMED", source],
      { input, env: { LC_ALL: "C.UTF-8" } },
    );
    return readings(stdout);
  } catch (cause) {
    if (!(cause instanceof ExecaError)) throw cause;
    throw new NotAvailable(`java: ${cause.shortMessage}`, "install a JDK 17 and have java on PATH, or set JAVA_HOME", {
      cause,
    });
  }
}

function readings(output: string): readonly Reading[] {
  const all: Reading[] = [];
  let lines: string[][] = [];
  for (const line of output.split("\n")) {
    const [kind, ...words] = line.split("\t");
    if (kind === "words") lines.push(words.map((word) => Buffer.from(word, "base64").toString()));
    if (kind === "failed") all.push(words.join(" "));
    if (kind === "done") all.push(lines);
    if (kind !== "words") lines = [];
  }
  return all;
}
