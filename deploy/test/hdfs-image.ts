import { copyFileSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { compileLabHdfs, hadoopClientJars, hdfsJars } from "../../lab/hdfs.ts";
import { makeWebFolders } from "../../lab/hdfs-configuration.ts";
import { findEngine } from "../../docker/test/engine.ts";
import { withProgress } from "../../test/support/progress.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { image, load } from "./image.ts";
import { buildSequence } from "./sequence.ts";

const built = "localhost/flink-sluice-hdfs:test";

/** Why that image cannot be made; nothing when it can. */
export function cannotMakeHdfsImage(): string | undefined {
  return process.env["SLUICE_IMAGE_LOAD"] ? undefined : "set SLUICE_IMAGE_LOAD: its image is always built";
}

/** Makes the image of hdfs/Dockerfile from the one with Sluice, and gives it to the cluster. */
export async function hdfsImage(): Promise<string> {
  const base = await image();
  const engine = await findEngine();
  if (engine === undefined) throw new Error("neither podman nor docker answers; start one of them");
  using context = temporaryFolder();
  mkdirSync(context.at("hdfs"));
  const jars = await hdfsJars();
  cpSync(jars, context.at("hdfs", "jars"), { recursive: true });
  cpSync(await hadoopClientJars(), context.at("hadoop"), { recursive: true });
  await compileLabHdfs(context.at("hdfs"));
  makeWebFolders(context.at("hdfs"));
  using job = temporaryFolder();
  copyFileSync(await buildSequence(job.path), context.at("job.jar"));
  await withProgress("building the image with HDFS", async () => {
    const options = [`--build-arg=BASE=${base}`, "--network=host", "--tag", built];
    const dockerfile = join(import.meta.dirname, "hdfs/Dockerfile");
    await engine.run(["build", ...options, "--file", dockerfile, context.path]);
  });
  await load(built);
  return built;
}
