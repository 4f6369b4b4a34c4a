import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { material } from "./certificates.ts";
import type { GoldenCase } from "./golden-case.ts";
import { keytabOf } from "./keytabs.ts";

/** A temporary folder that holds what a golden case mounts. `using` takes it away. */
export class CaseRoot implements Disposable {
  readonly path: string;

  constructor({ folder, options }: GoldenCase) {
    this.path = mkdtempSync(join(tmpdir(), "sluice-golden-"));
    const mounted = join(folder, "system");
    if (existsSync(mounted)) cpSync(mounted, this.path, { recursive: true });
    // Whatever umask the project was checked out with.
    for (const file of this.files()) chmodSync(this.at(file), 0o644);
    for (const file of this.files()) this.#replaceFixture(file);
    for (const path of options.directories ?? []) mkdirSync(this.at(path), { recursive: true });
    for (const [path, target] of Object.entries(options.links ?? {})) symlinkSync(target, this.#prepared(path));
    for (const path of options.fifos ?? []) execFileSync("mkfifo", [this.#prepared(path)]);
    for (const [path, text] of Object.entries(options.bytes ?? {})) {
      writeFileSync(this.#prepared(path), Buffer.from(text, "latin1"));
    }
    for (const [path, size] of Object.entries(options.sizes ?? {})) {
      writeFileSync(this.#prepared(path), "");
      truncateSync(this.at(path), size);
    }
    for (const [path, { text, times }] of Object.entries(options.repeat ?? {})) {
      if (path.startsWith("/")) writeFileSync(this.#prepared(path), text.repeat(times));
    }
    for (const [path, mode] of Object.entries(options.modes ?? {})) chmodSync(this.at(path), Number.parseInt(mode, 8));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Where a path of the case is on this machine. */
  at(path: string): string {
    return join(this.path, path);
  }

  /** Regular files, as the case calls them. */
  files(): readonly string[] {
    const root = realpathSync(this.path);
    return (
      readdirSync(root, { recursive: true, withFileTypes: true })
        // Node follows links to folders.
        .filter((entry) => entry.isFile() && realpathSync(entry.parentPath) === entry.parentPath)
        .map((entry) => `/${relative(root, join(entry.parentPath, entry.name))}`)
        .toSorted()
    );
  }

  /** Everything that there is, with what changes when it is touched: inode, mode, size, time of change, a link's target. */
  snapshot(): ReadonlyMap<string, string> {
    const names = readdirSync(this.path, { recursive: true, encoding: "utf8" }).toSorted();
    return new Map(
      names.map((name) => {
        const { ino, mode, size, mtimeNs, ctimeNs } = lstatSync(join(this.path, name), { bigint: true });
        return [`/${name}`, [ino, mode.toString(8), size, mtimeNs, ctimeNs].join(" ")];
      }),
    );
  }

  #prepared(path: string): string {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    return this.at(path);
  }

  #replaceFixture(path: string): void {
    const file = this.at(path);
    const text = readFileSync(file, "latin1");
    if (text.startsWith("@keytab")) writeFileSync(file, keytabOf(text));
    const fixture = /^@fixture (.+)\n?$/.exec(text)?.[1];
    if (fixture !== undefined) writeFileSync(file, material(fixture));
  }
}
