import { accessSync, closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import type { DirectoryRead, FileRead, FileStamp, Unreadable } from "../../core/system/system.ts";

const largest = 64 * 1024 * 1024;

/** A regular file's bytes, links followed. Never blocks: a pipe or device is `special`. */
export function readRegularFile(path: string): FileRead {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return { kind: "directory" };
    if (!stat.isFile()) return { kind: "special" };
    if (stat.size > largest) return { kind: "too-large" };
    const bytes = stat.size === 0 ? readToEnd(descriptor) : readFully(descriptor, stat.size);
    return { kind: "file", bytes, mode: stat.mode & 0o7777 };
  } catch (error) {
    return unreadable(error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readFully(descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const got = readSync(descriptor, bytes, filled, size - filled, null);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}

/** What a file of the kernel's holds, such as /proc/mounts, which says that it is empty; at most 1 MiB. */
function readToEnd(descriptor: number): Uint8Array {
  const bytes = new Uint8Array(1024 * 1024);
  let filled = 0;
  for (;;) {
    const got = readSync(descriptor, bytes, filled, bytes.length - filled, null);
    filled += got;
    if (got === 0 || filled === bytes.length) return bytes.slice(0, filled);
  }
}

/** The names in a directory, sorted, without hidden ones. */
export function readDirectory(path: string): DirectoryRead {
  try {
    const names = readdirSync(path).filter((name) => !name.startsWith("."));
    return { kind: "listing", names: names.toSorted() };
  } catch (error) {
    return unreadable(error);
  }
}

/** Of a file, links followed; undefined for anything else. */
export function readFileStamp(path: string): FileStamp | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? { size: stat.size, modified: Math.floor(stat.mtimeMs / 1000) } : undefined;
}

/** Whether this process may write to the file, or create files in the directory. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function unreadable(error: unknown): Unreadable {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return { kind: "missing" };
    case "EACCES":
    case "EPERM":
      return { kind: "denied" };
    case "ENOTDIR":
      return { kind: "not-directory" };
    case "EISDIR":
      return { kind: "directory" };
    case "ENXIO":
    case "ENODEV":
      return { kind: "special" };
    case "ELOOP":
    case "ENAMETOOLONG":
      return { kind: "missing" };
    default:
      throw error;
  }
}
