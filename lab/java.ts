import { join } from "node:path";

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
