import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { execa, ExecaError } from "execa";
import { NotAvailable } from "../test/support/flink-home.ts";

/** Options of a JVM that starts quickly, is small, and leaves no file outside its folders. */
export const smallJvm: readonly string[] = [
  "-XX:TieredStopAtLevel=1",
  "-XX:+UseSerialGC",
  "-XX:+PerfDisableSharedMem",
  "-Xshare:auto",
];

/** The path of a program of the JDK, such as `java`. */
export function jdkProgram(name: string): string {
  const { JAVA_HOME } = process.env;
  return JAVA_HOME ? join(JAVA_HOME, "bin", name) : name;
}

/** JAVA_HOME, or where the `java` of PATH is. */
export function javaHome(): string {
  const { JAVA_HOME, PATH = "" } = process.env;
  if (JAVA_HOME) return JAVA_HOME;
  const found = PATH.split(delimiter)
    .map((folder) => join(folder, "java"))
    .find((path) => existsSync(path));
  if (found === undefined) throw new NotAvailable("there is no java", "install a JDK 17, or set JAVA_HOME to one");
  return dirname(dirname(realpathSync(found)));
}

/**
 * Compiles a Java source file into a folder, with jars of other folders on its class path. Returns the folder.
 * @throws NotAvailable without a JDK.
 */
export async function compileJava(source: string, classes: string, ...classPath: readonly string[]): Promise<string> {
  const args = ["-proc:none", "-nowarn", "--release", "11", "-d", classes, "-cp", classPath.join(":"), source];
  try {
    await execa(jdkProgram("javac"), args);
    return classes;
  } catch (error) {
    if (!(error instanceof ExecaError) || error.code !== "ENOENT") throw error;
    const hint = "install a JDK 17 (not only a JRE), or set JAVA_HOME to one";
    throw new NotAvailable("there is no javac", hint, { cause: error });
  }
}
