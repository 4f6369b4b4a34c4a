import type { MergedFlinkConf } from "../../core/feature.ts";
import type { Notice } from "../../core/problem.ts";
import { Secret } from "../../core/secret.ts";
import type { System } from "../../core/system.ts";
import { findMount, parseMounts } from "../../formats/mounts.ts";

const memory: ReadonlySet<string> = new Set(["tmpfs", "ramfs"]);

/** Where a TaskManager keeps state and spilled records, beside `io.tmp.dirs`; ForSt and RocksDB default to that. */
const keys = [
  "process.taskmanager.working-dir",
  "process.working-dir",
  "execution.checkpointing.local-backup.dirs",
  "taskmanager.state.local.root-dirs",
  "state.backend.rocksdb.localdir",
  "state.backend.rocksdb.checkpointdir",
  "state.backend.forst.local-dir",
  "state.backend.forst.cache.dir",
];

const mountsFile = "/proc/mounts";

/** A warning for each local dir that is on a disk, as far as the mounts are known. The plugin does not encrypt these. */
export function checkLocalState(conf: MergedFlinkConf, system: System): readonly Notice[] {
  const read = system.readFile(mountsFile);
  if (read.kind !== "file") return [];
  const mounts = parseMounts(Buffer.from(read.bytes).toString("utf8"));
  const temporary =
    conf.has("io.tmp.dirs") || !conf.has("taskmanager.tmp.dirs") ? "io.tmp.dirs" : "taskmanager.tmp.dirs";
  return [temporary, ...keys].flatMap((key): readonly Notice[] => {
    const entry = conf.get(key);
    const isDefault = entry === undefined && key === temporary;
    // Java's own default, which TMPDIR does not change.
    const value = isDefault ? "/tmp" : (entry?.value ?? "");
    if (value instanceof Secret) return [];
    return directories(value).flatMap((directory): readonly Notice[] => {
      const type = findMount(mounts, directory)?.type;
      if (type === undefined || memory.has(type)) return [];
      const where = isDefault ? [key] : [entry?.owner ?? "", key];
      const text = `${directory}${isDefault ? ", its default," : ""} is on a disk (${type}), and Flink writes state there unencrypted`;
      const hint = "mount an emptyDir with medium: Memory, or a volume that is encrypted itself";
      return [{ level: "warning", where, text, hint }];
    });
  });
}

/** Flink splits lists of dirs at commas, bars and colons. */
function directories(value: string): readonly string[] {
  return value
    .replaceAll("file://", "")
    .split(/[,|:]/)
    .map((directory) => directory.trim())
    .filter((directory) => directory.startsWith("/"));
}
