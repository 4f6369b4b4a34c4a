import { MemorySettingError } from "./memory-setting-error.ts";
import type { Bytes } from "./memory-size.ts";
import { taskManagerOptions } from "./options.ts";
import { contains, readInteger, readMemorySize, type FlinkConf } from "./read-option.ts";

/** `MemoryManager.MIN_PAGE_SIZE`. */
const minPageSize: Bytes = 4096n;

/**
 * Network memory by the number of its buffers, when that is set and none of the newer keys is. Undefined otherwise.
 * Flink 1.20, `TaskExecutorFlinkMemoryUtils.isUsingLegacyNetworkConfigs`; Flink 2 does not read the key.
 */
export function legacyNetworkMemory(conf: FlinkConf): Bytes | undefined {
  const { network, numberOfBuffers } = taskManagerOptions;
  const newer = [network.min, network.max, network.fraction].some((option) => contains(conf, option));
  if (newer || !contains(conf, numberOfBuffers)) return undefined;
  const buffers = readInteger(conf, numberOfBuffers);
  const size = BigInt(buffers) * pageSize(conf);
  if (size >= 0n) return size;
  throw new MemorySettingError(
    [numberOfBuffers.key],
    `${buffers} is not a valid number of buffers`,
    `remove ${numberOfBuffers.key}, and set ${network.min.key} and ${network.max.key}`,
  );
}

/** `ConfigurationParserUtils.getPageSize`. */
function pageSize(conf: FlinkConf): Bytes {
  const { memorySegmentSize } = taskManagerOptions;
  const size = readMemorySize(conf, memorySegmentSize);
  if (size >= minPageSize && size < 2n ** 31n && (size & (size - 1n)) === 0n) return size;
  throw new MemorySettingError(
    [memorySegmentSize.key],
    `${size} bytes is not a valid size for a memory segment`,
    `set ${memorySegmentSize.key} to a power of two from 4k to 1g`,
  );
}
