import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { execa } from "execa";
import { cacheFolder } from "./flink-home.ts";
import type { User } from "../../testkit/user.ts";

const root = join(import.meta.dirname, "../..");
const source = join(root, "src/main.ts");
const fromSource: readonly [string, string] = [process.execPath, source];
const known = new Map<number, Promise<readonly [string, string]>>();

/**
 * How to start sluice as a user: this Node and the source, or a bundle and a copy of this Node in the cache where that user
 * cannot read the checkout, as when it is in root's home.
 */
export function sluiceCommand(user: User | undefined): Promise<readonly [string, string]> {
  if (user === undefined) return Promise.resolve(fromSource);
  const command = known.get(user.uid) ?? findCommand(user);
  known.set(user.uid, command);
  return command;
}

async function findCommand(user: User): Promise<readonly [string, string]> {
  const { failed } = await execa(process.execPath, [source, "version"], { ...user, cwd: "/", reject: false });
  if (!failed) return fromSource;
  const cache = cacheFolder(process.env);
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  const node = join(cache, `node-${process.versions.node}`);
  if (!existsSync(node)) publish(node, 0o755, (unfinished) => copyFileSync(process.execPath, unfinished));
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  const bundle = join(cache, "sluice.cjs");
  publish(bundle, 0o644, (unfinished) => writeFileSync(unfinished, outputFiles[0]?.contents ?? ""));
  return [node, bundle];
}

/** Puts a file in its place whole, because others may be using it. */
function publish(path: string, mode: number, write: (unfinished: string) => void): void {
  const unfinished = `${path}.${process.pid}`;
  write(unfinished);
  chmodSync(unfinished, mode);
  renameSync(unfinished, path);
}
