import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa, ExecaError } from "execa";
import { root } from "./bundle.ts";

const name = /^sealed-filesystem-[\d.]+\.jar$/;

/**
 * Makes Flink's plugin for encrypted state, with Maven, in a folder, and returns its path. One jar serves all versions of Flink.
 * Throws with what Maven has said.
 */
export async function buildPlugin(folder: string): Promise<string> {
  const quietly = ["--batch-mode", "--no-transfer-progress", "--quiet", "-DskipTests"];
  try {
    await execa("mvn", [...quietly, "--projects", "sealed-filesystem", "--also-make", "package"], {
      cwd: join(root, "java"),
      all: true,
    });
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const said = error.code === "ENOENT" ? "there is no mvn on PATH: install Maven (apt install maven)" : error.all;
    throw new Error(`the plugin for encrypted state: ${String(said)}`, { cause: error });
  }
  const target = join(root, "java", "sealed-filesystem", "target");
  const jar = readdirSync(target).find((file) => name.test(file));
  if (jar === undefined) throw new Error(`${target} has no jar of the plugin`);
  const outfile = join(folder, jar);
  mkdirSync(dirname(outfile), { recursive: true });
  copyFileSync(join(target, jar), outfile);
  return outfile;
}
