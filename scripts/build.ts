// npm run build [-- --arch x64|arm64]: the bundle, the single executable for Linux on this or another processor, and the plugin
// for encrypted state. dist is the context of docker/Dockerfile then.
import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { buildBinary } from "./build-binary.ts";
import { buildPlugin } from "./build-plugin.ts";
import { bundleEntry, root } from "./bundle.ts";

/** The plain bundle: one file that Node 26 runs. */
export const bundle = join(root, "dist", "sluice.cjs");

/** Builds {@link bundle}. */
export function buildBundle(): Promise<void> {
  return bundleEntry("main.ts", bundle);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { arch: { type: "string", default: process.arch } } });
  await buildBundle();
  report(bundle, "needs Node 26");
  if (process.platform === "linux") {
    const binary = join(root, "dist", values.arch === process.arch ? "sluice" : `sluice-linux-${values.arch}`);
    report(binary, (await buildBinary(binary, values.arch)).join(", "));
    report(await buildPlugin(join(root, "dist", "opt")), "for plugins/sealed-filesystem of any Flink");
  } else process.stdout.write("no single executable: it is built on Linux, for Linux\n");
}

function report(file: string, remark: string): void {
  const size = statSync(file).size;
  const text = size < 1e6 ? `${Math.round(size / 1000)} kB` : `${Math.round(size / 1e6)} MB`;
  process.stdout.write(`${relative(root, file)}, ${text}: ${remark}\n`);
}
