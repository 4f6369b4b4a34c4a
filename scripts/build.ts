import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const root = dirname(import.meta.dirname);

/** The plain bundle: one CommonJS file that Node 26 runs. node-forge does not survive an ESM bundle ("Dynamic require"). */
export const bundle = join(root, "dist", "sluice.cjs");

/** Builds {@link bundle}. */
export async function buildBundle(): Promise<void> {
  await build({
    entryPoints: [join(root, "src", "main.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node26",
    format: "cjs",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "linked",
    logLevel: "warning",
  });
}

if (import.meta.main) {
  await buildBundle();
  const kilobytes = Math.round(statSync(bundle).size / 1000);
  process.stdout.write(`dist/sluice.cjs, ${kilobytes} kB\n`);
}
