import type { Notice } from "../core/findings/problem.ts";
import { nonEmpty } from "./launch-request.ts";
import type { Environment } from "./environment.ts";

/** Either the variable that preloads jemalloc, or why it is not. Neither when the user does not want it. */
export interface Jemalloc {
  readonly set: Readonly<Record<string, string>>;
  readonly notices: readonly Notice[];
}

/** Where the official image looks for jemalloc: below the machine's own architecture (`uname -m`), then below x86_64's. */
export function jemallocPaths(machine: string): readonly string[] {
  const architectures = new Set([machine, "x86_64"]);
  return [...architectures].map((architecture) => `/usr/lib/${architecture}-linux-gnu/libjemalloc.so`);
}

/**
 * LD_PRELOAD as the official image's entrypoint sets it, for every command, unless DISABLE_JEMALLOC says anything but false.
 * `found` are those of {@link jemallocPaths} that are there. An empty entry, which the entrypoint leaves at the front, is left out.
 */
export function preloadJemalloc(env: Environment, machine: string, found: ReadonlySet<string>): Jemalloc {
  if (!/^false$/i.test(nonEmpty(env["DISABLE_JEMALLOC"]) ?? "false")) return { set: {}, notices: [] };
  const paths = jemallocPaths(machine);
  const path = paths.find((candidate) => found.has(candidate));
  if (path !== undefined) {
    const before = nonEmpty(env["LD_PRELOAD"]);
    return { set: { LD_PRELOAD: before === undefined ? path : `${before}:${path}` }, notices: [] };
  }
  const notice: Notice = {
    level: "warning",
    where: [],
    text: `jemalloc is not there (${paths.join(", ")}): the memory of a TaskManager with RocksDB may grow without end`,
    hint: "install jemalloc in the image, or set DISABLE_JEMALLOC to true",
  };
  return { set: {}, notices: [notice] };
}
