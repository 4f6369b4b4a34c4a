import { spawn } from "node:child_process";
import { createGzip } from "node:zlib";

/** How many megabytes what a command prints has after gzip, as a registry keeps it. */
export async function gzippedMegabytes(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let bytes = 0;
  for await (const chunk of child.stdout.pipe(createGzip())) bytes += (chunk as Buffer).length;
  return bytes / 1e6;
}
