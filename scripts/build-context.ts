import { join } from "node:path";
import { buildBinary } from "./build-binary.ts";
import { buildPlugin } from "./build-plugin.ts";

/** Fills a folder with what docker/Dockerfile copies, for this machine's processor, and returns the executable's path. */
export async function buildContext(folder: string): Promise<string> {
  const binary = join(folder, "sluice");
  await buildBinary(binary, process.arch);
  await buildPlugin(join(folder, "opt"));
  return binary;
}
