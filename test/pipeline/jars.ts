import { mkdirSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { execa } from "execa";
import { withProgress } from "../support/progress.ts";

const java = join(import.meta.dirname, "../../java");

/** What is built from `java`. */
export interface Jars {
  /** The reference job. */
  readonly pipeline: string;
  /** The file-system plugin that encrypts. */
  readonly sealedFilesystem: string;
}

export async function buildJars(): Promise<Jars> {
  const args = ["-B", "-ntp", "-q", "-DskipTests", "-pl", "pipeline,sealed-filesystem", "-am", "package"];
  await withProgress("building the reference job with Maven", () => execa("mvn", args, { cwd: java }));
  return {
    pipeline: join(java, "pipeline/target/pipeline-0.1.0.jar"),
    sealedFilesystem: join(java, "sealed-filesystem/target/sealed-filesystem-0.1.0.jar"),
  };
}

/** A FLINK_HOME like another one, with a plugin in `opt` as our image has it. */
export function homeWithPlugin(flinkHome: string, plugin: string, folder: string): string {
  mkdirSync(join(folder, "opt"), { recursive: true });
  for (const name of ["bin", "conf", "lib", "log", "plugins"]) symlinkSync(join(flinkHome, name), join(folder, name));
  symlinkSync(plugin, join(folder, "opt", basename(plugin)));
  return folder;
}
