import { join } from "node:path";
import { execa } from "execa";
import { withProgress } from "../support/progress.ts";

const java = join(import.meta.dirname, "../../java");

/** Builds the reference job's jar from source. */
export async function buildJob(): Promise<string> {
  const args = ["-B", "-ntp", "-q", "-DskipTests", "-pl", "pipeline", "-am", "package"];
  await withProgress("building the reference job with Maven", () => execa("mvn", args, { cwd: java }));
  return join(java, "pipeline/target/pipeline-0.1.0.jar");
}
