import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { cachedFolder, cacheFolder } from "./cached-folder.ts";
import { withProgress } from "./progress.ts";

export { cacheFolder } from "./cached-folder.ts";

/** Something missing on the machine, in words, with what to do about it. */
export class NotAvailable extends Error {
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

interface FlinkHomeOptions {
  /** Stops a download, which then leaves nothing behind. */
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * A folder with that version of Flink, such as `2.3.0`: FLINK_HOME when it holds that version, else the cache, else PyPI, which
 * has the distribution in two parts: `apache-flink-libraries` (lib, opt, plugins) and `apache-flink` (bin, conf).
 * @throws NotAvailable when Python, pip, the network or the version is not there.
 */
export async function flinkHome(version: string, options: FlinkHomeOptions = {}): Promise<string> {
  const environment = options.environment ?? process.env;
  const own = environment["FLINK_HOME"];
  if (own !== undefined && hasFlink(own, version)) return own;
  const whole = (folder: string) => hasFlink(folder, version);
  return cachedFolder(cacheFolder(environment), `flink-${version}`, whole, async (work) => {
    const download = new Download(work, options.signal);
    await withProgress(`downloading Flink ${version} from PyPI`, async (say) => {
      const timer = setInterval(() => say(`${Math.round(folderSize(work) / 1_000_000)} MB`), 500);
      await download.fetch(version).finally(() => clearInterval(timer));
    });
    await withProgress(`unpacking Flink ${version}`, () => download.unpack());
    return join(work, "flink");
  });
}

function hasFlink(home: string, version: string): boolean {
  return existsSync(join(home, "lib", `flink-dist-${version}.jar`)) && existsSync(join(home, "bin", "config.sh"));
}

/** Bytes in a folder so far; 0 when files of it go away meanwhile, as those of pip's build do. */
function folderSize(folder: string): number {
  try {
    const sizes = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => {
      const file = statSync(join(folder, name), { throwIfNoEntry: false });
      return file?.isFile() === true ? file.size : 0;
    });
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch {
    return 0;
  }
}

class Download {
  readonly #folder: string;
  readonly #files: string;
  readonly #signal: AbortSignal | undefined;

  constructor(folder: string, signal: AbortSignal | undefined) {
    this.#folder = folder;
    this.#files = join(folder, "files");
    this.#signal = signal;
    mkdirSync(this.#files);
    mkdirSync(join(folder, "tmp"));
  }

  async fetch(version: string): Promise<void> {
    const anyMachine = ["--only-binary", ":all:", "--implementation", "cp", "--python-version", "3.11"];
    await this.#pip([...anyMachine, "--platform", "manylinux2014_x86_64", `apache-flink==${version}`]);
    const libraries = `apache-flink-libraries==${version}`;
    try {
      await this.#pip(["--only-binary", ":all:", libraries]);
    } catch (error) {
      if (!(error instanceof NotAvailable) || !error.message.includes("No matching distribution")) throw error;
      await this.#pip(["--no-binary", ":all:", libraries]);
    }
  }

  async unpack(): Promise<void> {
    const flink = join(this.#folder, "flink");
    mkdirSync(join(flink, "log"), { recursive: true });
    for (const file of readdirSync(this.#files)) {
      const module = file.endsWith(".whl") ? "zipfile" : "tarfile";
      const unpacked = join(this.#folder, `unpacked-${file}`);
      await this.#run(["-m", module, "-e", join(this.#files, file), unpacked]);
      rmSync(join(this.#files, file));
      const top =
        module === "zipfile" ? join(unpacked, "pyflink") : join(unpacked, readdirSync(unpacked)[0] ?? "", "deps");
      for (const part of ["bin", "conf", "lib", "opt", "plugins"]) moveInto(join(top, part), join(flink, part));
    }
    for (const name of readdirSync(join(flink, "bin"))) chmodSync(join(flink, "bin", name), 0o755);
  }

  #pip(args: readonly string[]): Promise<void> {
    const always = ["--no-deps", "--no-cache-dir", "--disable-pip-version-check", "--quiet", "--dest", this.#files];
    return this.#run(["-m", "pip", "download", ...always, ...args]);
  }

  async #run(args: readonly string[]): Promise<void> {
    try {
      // Another user has to be able to read what is unpacked, whatever this one's umask is.
      await execa("sh", ["-c", 'umask 022; exec python3 "$@"', "sh", ...args], {
        cwd: this.#folder,
        env: { TMPDIR: join(this.#folder, "tmp"), PIP_REQUIRE_VIRTUALENV: "0" },
        stdin: "ignore",
        ...(this.#signal && { cancelSignal: this.#signal }),
      });
    } catch (error) {
      if (!(error instanceof ExecaError) || error.isCanceled) throw error;
      throw notAvailable(String(error.stderr), error);
    }
  }
}

function moveInto(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) renameSync(join(from, name), join(to, name));
}

function notAvailable(stderr: string, cause: ExecaError): NotAvailable {
  const last =
    stderr
      .trim()
      .split("\n")
      .findLast((line) => line.startsWith("ERROR")) ??
    stderr.trim().split("\n").at(-1) ??
    "";
  if (/python3: (command )?not found/.test(stderr)) {
    return new NotAvailable("python3 is not on PATH", "install Python 3, or set FLINK_HOME to a Flink you have", {
      cause,
    });
  }
  if (stderr.includes("No module named pip")) {
    return new NotAvailable("python3 has no pip", "install pip (Debian: apt install python3-pip), or set FLINK_HOME", {
      cause,
    });
  }
  const hint = "check the network and pip's settings, or set FLINK_HOME to a Flink you have";
  return new NotAvailable(`Flink cannot be fetched from PyPI: ${last}`, hint, { cause });
}
