import type { Feature } from "../core/feature/feature.ts";
import { problemCatalogue } from "../core/findings/problem.ts";
import { text } from "../core/settings/variables.ts";
import { jemallocPaths, preloadJemalloc } from "../flink/jemalloc.ts";

const env = {
  DISABLE_JEMALLOC: text({
    desc: "Leave the C library's own memory allocator in place; anything but false turns jemalloc off",
    expects: "true or false",
    defaultText: "false",
  }),
};

/** Preloads jemalloc, as the official image does: RocksDB's memory grows without end on glibc's allocator. */
export const jemalloc: Feature<typeof env> = {
  name: "jemalloc",
  title: "Memory allocator",
  about: "As the official image has it.",
  env,
  problems: problemCatalogue("jemalloc", {}),
  enabled: () => true,
  plan: ({ DISABLE_JEMALLOC }, target, system) => {
    const found = jemallocPaths(system.machine).filter((path) => system.readFile(path).kind === "file");
    const preload = target.variable("LD_PRELOAD");
    const before = { DISABLE_JEMALLOC, LD_PRELOAD: preload === undefined ? undefined : String(preload) };
    const { set, notices } = preloadJemalloc(before, system.machine, new Set(found));
    return { env: set, notices: target.role === "taskmanager" && target.flinkChecked ? notices : [] };
  },
};
