import type { MergedFlinkConf } from "../../core/feature/feature.ts";
import type { Notice } from "../../core/findings/problem.ts";
import type { Role } from "../../core/plan/run-dir.ts";
import { Secret } from "../../secret.ts";
import type { System } from "../../core/system/system.ts";
import { findMount, type Mount, parseMounts } from "../../formats/mounts.ts";
import { historyServerDirKey, taskManagerDirKeys, temporaryDirKeys } from "./path-keys.ts";

const memory: ReadonlySet<string> = new Set(["tmpfs", "ramfs"]);

/** Java's own default, which TMPDIR does not change. */
const javaTemporaryDir = "/tmp";

const mountsFile = "/proc/mounts";

/** Local dirs of a process: the keys that name them, the one that has a default, and what Flink does there. */
interface LocalDirs {
  readonly keys: readonly string[];
  readonly withDefault: string;
  readonly use: string;
}

/**
 * A warning for each local dir of a TaskManager or history server that is on a disk, as far as the mounts are known. The plugin
 * does not encrypt these.
 */
export function checkLocalState(role: Role, conf: MergedFlinkConf, system: System): readonly Notice[] {
  const local = localDirs(role, conf);
  const read = local && system.readFile(mountsFile);
  if (read?.kind !== "file") return [];
  const mounts = parseMounts(Buffer.from(read.bytes).toString("utf8"));
  return local === undefined ? [] : local.keys.flatMap((key) => checkKey(key, local, conf, mounts));
}

function localDirs(role: Role, conf: MergedFlinkConf): LocalDirs | undefined {
  if (role === "history-server") {
    const use = "the history server unpacks archives there unencrypted";
    return { keys: [historyServerDirKey], withDefault: historyServerDirKey, use };
  }
  if (role !== "taskmanager") return undefined;
  const temporary = temporaryDirKeys.find((key) => conf.has(key)) ?? temporaryDirKeys[0];
  const use = "Flink writes state there unencrypted";
  return { keys: [temporary, ...taskManagerDirKeys], withDefault: temporary, use };
}

function checkKey(
  key: string,
  { withDefault, use }: LocalDirs,
  conf: MergedFlinkConf,
  mounts: readonly Mount[],
): readonly Notice[] {
  const entry = conf.get(key);
  const isDefault = entry === undefined && key === withDefault;
  const value = isDefault ? javaTemporaryDir : (entry?.value ?? "");
  if (value instanceof Secret) return [];
  return directories(value).flatMap((directory): readonly Notice[] => {
    const type = findMount(mounts, directory)?.type;
    if (type === undefined || memory.has(type)) return [];
    const where = isDefault ? [key] : [entry?.owner ?? "", key];
    const text = `${directory}${isDefault ? ", its default," : ""} is on a disk (${type}), and ${use}`;
    const hint = "mount an emptyDir with medium: Memory, or a volume that is encrypted itself";
    return [{ level: "warning", where, text, hint }];
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
