import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { rehearsalsVariable } from "../src/rehearse.ts";
import { bundleEntry, root } from "./bundle.ts";
import { makeRehearsals } from "./rehearsals.ts";

/**
 * For a process of some 50 ms, what pays off later only costs: optimising compilers, garbage collection, threads for both, and
 * another seed for V8's hash tables. CPU time of a start with all features on: 89 ms without these options, 71 ms with them.
 * `--disable-sigusr1` is not among them: it blocks the signal, and whatever sluice becomes would never get it.
 */
const nodeOptions = [
  "--max-opt=0",
  "--min-semi-space-size=16",
  "--single-threaded",
  "--no-rehash-snapshot",
  "--v8-pool-size=0",
];

/**
 * Makes the single executable for Linux (Node docs, "Single executable applications"), and returns what to say of it. For this
 * machine's processor it starts from a V8 snapshot, taken after the rehearsals; for another one without.
 */
export async function buildBinary(
  outfile: string,
  arch: string,
  useSnapshot = arch === process.arch,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-build-"));
  try {
    const bundle = join(folder, "sluice.cjs");
    await bundleEntry("binary.ts", bundle);
    const node = join(folder, "node");
    copyFileSync(arch === process.arch ? process.execPath : await otherNode(arch, folder), node);
    const stripped = await execa("strip", [node], { reject: false });
    const output = join(folder, "sluice");
    const config = {
      main: bundle,
      executable: node,
      output,
      disableExperimentalSEAWarning: true,
      useSnapshot,
      execArgv: nodeOptions,
      // Else NODE_OPTIONS could load code into it.
      execArgvExtension: "none",
    };
    writeFileSync(join(folder, "sea.json"), JSON.stringify(config));
    const env = { [rehearsalsVariable]: JSON.stringify(useSnapshot ? makeRehearsals(join(folder, "world")) : []) };
    const made = await execa(process.execPath, ["--build-sea", join(folder, "sea.json")], {
      env,
      cwd: folder,
      reject: false,
    });
    if (made.failed) throw new Error(`node --build-sea:\n${made.stderr.split("\n").slice(-25).join("\n")}`);
    mkdirSync(dirname(outfile), { recursive: true });
    copyFileSync(output, `${outfile}.new`);
    renameSync(`${outfile}.new`, outfile);
    return [
      `linux ${arch}`,
      useSnapshot ? "with a V8 snapshot" : "without a V8 snapshot, which only a build on that processor makes",
      stripped.failed ? "not stripped, for want of a strip for it" : "stripped",
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The Node of another processor, from npm: the package that package-lock.json names. */
async function otherNode(arch: string, folder: string): Promise<string> {
  const name = `node-linux-${arch}`;
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity: string }>>;
  };
  const locked = lock.packages[`node_modules/${name}`];
  if (locked === undefined)
    throw new Error(`there is no Node for ${arch} in package-lock.json; use --arch x64 or arm64`);
  const { stdout } = await execa("npm", ["pack", "--json", "--pack-destination", folder, `${name}@${locked.version}`]);
  const [packed] = JSON.parse(stdout) as readonly { readonly filename: string; readonly integrity: string }[];
  if (packed?.integrity !== locked.integrity) throw new Error(`${name}: not what package-lock.json says`);
  await execa("tar", ["-xzf", packed.filename, "package/bin/node"], { cwd: folder });
  return join(folder, "package", "bin", "node");
}
