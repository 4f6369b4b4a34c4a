import { dirname, join } from "node:path";
import { build } from "esbuild";

/** The folder of the project. */
export const root = dirname(import.meta.dirname);

/** Bundles an entry of `src` with all that it imports. CommonJS: neither V8 snapshots nor envalid's tslib take anything else. */
export async function bundleEntry(entry: "main.ts" | "binary.ts", outfile: string): Promise<void> {
  await build({
    entryPoints: [join(root, "src", entry)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node26",
    format: "cjs",
    minifySyntax: true,
    minifyWhitespace: true,
    // The modules for browsers are the same code, of which only what is used is bundled: 24 kB less.
    alias: { yaml: join(root, "node_modules", "yaml", "browser", "dist", "index.js") },
    legalComments: "linked",
    logLevel: "warning",
  });
}
