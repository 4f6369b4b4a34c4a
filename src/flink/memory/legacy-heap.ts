import { MemorySettingError } from "./memory-setting-error.ts";
import { mebibyte, parseMemorySize, type Bytes } from "./memory-size.ts";
import { jobManagerOptions, taskManagerProcessOptions, type Option } from "./options.ts";
import { contains, readInteger, readMemorySize, type FlinkConf } from "./read-option.ts";

/** The names from before Flink 1.10, and the key that they stand in for (Flink's `LegacyMemoryOptions`). */
interface LegacyHeap {
  readonly variable: string;
  readonly size: Option<Bytes>;
  readonly megabytes: Option<number>;
  readonly standsFor: Option<Bytes>;
}

export const legacyJobManagerHeap: LegacyHeap = {
  variable: "FLINK_JM_HEAP",
  size: { key: "jobmanager.heap.size" },
  megabytes: { key: "jobmanager.heap.mb" },
  standsFor: jobManagerOptions.jvmHeap,
};

export const legacyTaskManagerHeap: LegacyHeap = {
  variable: "FLINK_TM_HEAP",
  size: { key: "taskmanager.heap.size" },
  megabytes: { key: "taskmanager.heap.mb" },
  standsFor: taskManagerProcessOptions.totalFlinkMemory,
};

/**
 * The configuration with the legacy heap size under its new key, unless that is set.
 * Flink 1.20, `MemoryBackwardsCompatibilityUtils`; Flink 2 reads none of the legacy names.
 */
export function mapLegacyHeap(
  conf: FlinkConf,
  env: Readonly<Record<string, string | undefined>>,
  legacy: LegacyHeap,
): FlinkConf {
  if (contains(conf, legacy.standsFor)) return conf;
  const size = readLegacyHeap(conf, env[legacy.variable], legacy);
  return size === undefined ? conf : new Map([...conf, [legacy.standsFor.key, `${size}b`]]);
}

function readLegacyHeap(conf: FlinkConf, variable: string | undefined, legacy: LegacyHeap): Bytes | undefined {
  if (variable !== undefined) {
    const size = parseMemorySize(variable);
    if (size !== undefined) return size;
    const text = `${JSON.stringify(variable)} is not a valid memory size`;
    throw new MemorySettingError([legacy.variable], text, `unset ${legacy.variable}, and set ${legacy.standsFor.key}`);
  }
  if (contains(conf, legacy.size)) return readMemorySize(conf, legacy.size);
  if (!contains(conf, legacy.megabytes)) return undefined;
  const megabytes = readInteger(conf, legacy.megabytes);
  if (megabytes >= 0) return BigInt(megabytes) * mebibyte;
  const text = `${megabytes} is not a valid number of megabytes`;
  throw new MemorySettingError(
    [legacy.megabytes.key],
    text,
    `remove ${legacy.megabytes.key}, and set ${legacy.standsFor.key}`,
  );
}
