import { MemorySettingError } from "./memory-setting-error.ts";
import { describeSize, sum, type Bytes } from "./memory-size.ts";
import { jobManagerOptions, jobManagerProcessOptions } from "./options.ts";
import type { FlinkMemory, FlinkMemoryModel } from "./process-memory.ts";
import { contains, readMemorySize, type FlinkConf } from "./read-option.ts";

/** A JobManager's Total Flink Memory: JVM heap, and off-heap memory, all of it direct (Flink's `JobManagerFlinkMemory`). */
export type JobManagerFlinkMemory = FlinkMemory;

/** `JobManagerFlinkMemoryUtils`. */
export const jobManagerMemoryModel: FlinkMemoryModel<JobManagerFlinkMemory> = {
  options: jobManagerProcessOptions,
  deriveFromRequiredFineGrainedOptions,
  deriveFromTotalFlinkMemory,
};

const { jvmHeap, offHeap } = jobManagerOptions;
const { totalFlinkMemory } = jobManagerProcessOptions;

function deriveFromRequiredFineGrainedOptions(conf: FlinkConf): JobManagerFlinkMemory {
  const heap = readMemorySize(conf, jvmHeap);
  const configuredOffHeap = readMemorySize(conf, offHeap);
  if (!contains(conf, totalFlinkMemory)) return flinkMemory(heap, configuredOffHeap);
  const total = readMemorySize(conf, totalFlinkMemory);
  if (contains(conf, offHeap) && sum(heap, configuredOffHeap) !== total) {
    throw new MemorySettingError(
      [totalFlinkMemory.key],
      `JVM heap (${describeSize(heap)}) and off-heap memory (${describeSize(configuredOffHeap)}) do not add up to the ` +
        `total Flink memory of ${describeSize(total)}`,
      `remove ${totalFlinkMemory.key}, or set it to ${describeSize(heap + configuredOffHeap)}`,
    );
  }
  if (total < heap) {
    throw new MemorySettingError(
      [totalFlinkMemory.key],
      `JVM heap (${describeSize(heap)}) is more than the total Flink memory of ${describeSize(total)}`,
      `remove ${totalFlinkMemory.key}, or raise it above ${describeSize(heap)}, or lower ${jvmHeap.key}`,
    );
  }
  return flinkMemory(heap, total - heap);
}

function deriveFromTotalFlinkMemory(conf: FlinkConf, total: Bytes): JobManagerFlinkMemory {
  const configuredOffHeap = readMemorySize(conf, offHeap);
  if (total <= configuredOffHeap) {
    const ofTotal = contains(conf, totalFlinkMemory) ? totalFlinkMemory : jobManagerProcessOptions.totalProcessMemory;
    throw new MemorySettingError(
      [ofTotal.key],
      `total Flink memory (${describeSize(total)}) leaves nothing for the JVM heap beside off-heap memory ` +
        `(${describeSize(configuredOffHeap)})`,
      `raise ${ofTotal.key}, or lower ${offHeap.key}`,
    );
  }
  return flinkMemory(total - configuredOffHeap, configuredOffHeap);
}

function flinkMemory(heap: Bytes, direct: Bytes): JobManagerFlinkMemory {
  return { jvmHeap: heap, jvmDirect: direct, total: sum(heap, direct) };
}
