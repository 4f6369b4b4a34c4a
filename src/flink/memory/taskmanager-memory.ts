import { MemorySettingError } from "./memory-setting-error.ts";
import { describeSize, maxBytes, sum, type Bytes } from "./memory-size.ts";
import { legacyNetworkMemory } from "./legacy-network-memory.ts";
import { taskManagerOptions, taskManagerProcessOptions } from "./options.ts";
import { fractionOf, fractionOfWhole, readRange, type FlinkMemory, type FlinkMemoryModel } from "./process-memory.ts";
import { contains, readMemorySize, type FlinkConf } from "./read-option.ts";

/** A TaskManager's Total Flink Memory (Flink's `TaskExecutorFlinkMemory`). */
export interface TaskManagerFlinkMemory extends FlinkMemory {
  readonly frameworkHeap: Bytes;
  readonly frameworkOffHeap: Bytes;
  readonly taskHeap: Bytes;
  readonly taskOffHeap: Bytes;
  readonly network: Bytes;
  readonly managed: Bytes;
}

type Components = Omit<TaskManagerFlinkMemory, keyof FlinkMemory>;

const { totalFlinkMemory } = taskManagerProcessOptions;

/** `TaskExecutorFlinkMemoryUtils`; Flink 1.x reads the number of network buffers as well. */
export function taskManagerMemoryModel(readsLegacyKeys: boolean): FlinkMemoryModel<TaskManagerFlinkMemory> {
  const legacyNetwork = (conf: FlinkConf) => (readsLegacyKeys ? legacyNetworkMemory(conf) : undefined);
  return {
    options: taskManagerProcessOptions,
    deriveFromRequiredFineGrainedOptions: (conf) => {
      const parts = { ...readConfigured(conf), managed: readMemorySize(conf, taskManagerOptions.managed) };
      const taskHeap = readMemorySize(conf, taskManagerOptions.taskHeap);
      if (contains(conf, totalFlinkMemory)) {
        return withRestAsNetwork(
          conf,
          { ...parts, taskHeap },
          readMemorySize(conf, totalFlinkMemory),
          legacyNetwork(conf),
        );
      }
      const others = sum(...Object.values(parts), taskHeap);
      const network = legacyNetwork(conf) ?? fractionOfWhole(others, readRange(conf, taskManagerOptions.network));
      return flinkMemory({ ...parts, taskHeap, network });
    },
    deriveFromTotalFlinkMemory: (conf, total) => {
      const parts = { ...readConfigured(conf), managed: managedMemory(conf, total) };
      if (contains(conf, taskManagerOptions.taskHeap)) {
        const taskHeap = readMemorySize(conf, taskManagerOptions.taskHeap);
        return withRestAsNetwork(conf, { ...parts, taskHeap }, total, legacyNetwork(conf));
      }
      const network = legacyNetwork(conf) ?? fractionOf(total, readRange(conf, taskManagerOptions.network));
      return flinkMemory({ ...parts, network, taskHeap: rest(conf, { ...parts, network }, total) });
    },
  };
}

/** The components that are never derived. */
function readConfigured(conf: FlinkConf): Pick<Components, "frameworkHeap" | "frameworkOffHeap" | "taskOffHeap"> {
  return {
    frameworkHeap: readMemorySize(conf, taskManagerOptions.frameworkHeap),
    frameworkOffHeap: readMemorySize(conf, taskManagerOptions.frameworkOffHeap),
    taskOffHeap: readMemorySize(conf, taskManagerOptions.taskOffHeap),
  };
}

function managedMemory(conf: FlinkConf, total: Bytes): Bytes {
  const { managed, managedFraction } = taskManagerOptions;
  if (contains(conf, managed)) return readMemorySize(conf, managed);
  const unbounded = { min: { key: managed.key, defaultValue: 0n }, max: { key: managed.key, defaultValue: maxBytes } };
  return fractionOf(total, readRange(conf, { ...unbounded, fraction: managedFraction }));
}

/** With task heap set, network memory is the remainder of Total Flink Memory, which must match its keys. */
function withRestAsNetwork(
  conf: FlinkConf,
  others: Omit<Components, "network">,
  total: Bytes,
  legacyNetwork: Bytes | undefined,
): TaskManagerFlinkMemory {
  const { network: keys, taskHeap, numberOfBuffers } = taskManagerOptions;
  const network = rest(conf, others, total);
  const { min, max } = legacyNetwork === undefined ? readRange(conf, keys) : { min: legacyNetwork, max: legacyNetwork };
  if (network < min || network > max) {
    const bound = network < min ? keys.min : keys.max;
    throw new MemorySettingError(
      [taskHeap.key],
      `${describeSize(network)} of the total Flink memory is left for network memory, which must be ` +
        (min === max ? describeSize(min) : `between ${describeSize(min)} and ${describeSize(max)}`),
      `remove ${taskHeap.key} so that it is derived, or change ${legacyNetwork === undefined ? bound.key : numberOfBuffers.key}`,
    );
  }
  return flinkMemory({ ...others, network });
}

const names: Readonly<Record<keyof Components, string>> = {
  frameworkHeap: "framework heap",
  frameworkOffHeap: "framework off-heap",
  taskHeap: "task heap",
  taskOffHeap: "task off-heap",
  network: "network",
  managed: "managed",
};

/** What the given components leave of the total. */
function rest(conf: FlinkConf, others: Partial<Components>, total: Bytes): Bytes {
  const used = sum(...Object.values(others));
  if (used <= total) return total - used;
  const ofTotal = contains(conf, totalFlinkMemory) ? totalFlinkMemory : taskManagerProcessOptions.totalProcessMemory;
  const parts = Object.entries(others).map(
    ([name, size]) => `${names[name as keyof Components]} ${describeSize(size)}`,
  );
  throw new MemorySettingError(
    [ofTotal.key],
    `the components need ${describeSize(used)} (${parts.join(", ")}), and total Flink memory is ${describeSize(total)}`,
    `raise ${ofTotal.key}, or lower one of the components`,
  );
}

function flinkMemory(parts: Components): TaskManagerFlinkMemory {
  const jvmHeap = sum(parts.frameworkHeap, parts.taskHeap);
  const jvmDirect = sum(parts.frameworkOffHeap, parts.taskOffHeap, parts.network);
  return { ...parts, jvmHeap, jvmDirect, total: sum(jvmHeap, jvmDirect, parts.managed) };
}
