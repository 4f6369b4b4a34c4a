import { maxBytes, mebibyte, type Bytes } from "./memory-size.ts";

/** A key of Flink's configuration, with the deprecated keys that stand in for it (`ConfigOption.withDeprecatedKeys`). */
export interface Option<T> {
  readonly key: string;
  readonly deprecatedKeys?: readonly string[];
  /** An option without one is read only where it is known to be set. */
  readonly defaultValue?: T;
}

/** A component that is a fraction of another one, between two bounds. */
export interface RangeOptions {
  readonly min: Option<Bytes>;
  readonly max: Option<Bytes>;
  readonly fraction: Option<number>;
}

/** What `ProcessMemoryUtils` needs to know of a process (Flink's `ProcessMemoryOptions`). */
export interface ProcessMemoryOptions {
  readonly process: "JobManager" | "TaskManager";
  /** When all of these are set, everything else is derived from them. */
  readonly requiredFineGrained: readonly Option<Bytes>[];
  readonly totalFlinkMemory: Option<Bytes>;
  readonly totalProcessMemory: Option<Bytes>;
  readonly jvmMetaspace: Option<Bytes>;
  readonly jvmOverhead: RangeOptions;
}

function jvmOptions(prefix: string): Pick<ProcessMemoryOptions, "jvmMetaspace" | "jvmOverhead"> {
  return {
    jvmMetaspace: { key: `${prefix}.jvm-metaspace.size`, defaultValue: 256n * mebibyte },
    jvmOverhead: {
      min: { key: `${prefix}.jvm-overhead.min`, defaultValue: 192n * mebibyte },
      max: { key: `${prefix}.jvm-overhead.max`, defaultValue: 1024n * mebibyte },
      fraction: { key: `${prefix}.jvm-overhead.fraction`, defaultValue: 0.1 },
    },
  };
}

/** The keys of `JobManagerOptions` that make up a JobManager's memory. */
export const jobManagerOptions = {
  jvmHeap: { key: "jobmanager.memory.heap.size" },
  offHeap: { key: "jobmanager.memory.off-heap.size", defaultValue: 128n * mebibyte },
  directMemoryLimitEnabled: { key: "jobmanager.memory.enable-jvm-direct-memory-limit", defaultValue: false },
} satisfies Record<string, Option<unknown>>;

export const jobManagerProcessOptions: ProcessMemoryOptions = {
  process: "JobManager",
  requiredFineGrained: [jobManagerOptions.jvmHeap],
  totalFlinkMemory: { key: "jobmanager.memory.flink.size" },
  totalProcessMemory: { key: "jobmanager.memory.process.size" },
  ...jvmOptions("jobmanager.memory"),
};

/** The keys of `TaskManagerOptions` that make up a TaskManager's memory and resources. */
export const taskManagerOptions = {
  cpuCores: { key: "taskmanager.cpu.cores" },
  numberOfTaskSlots: { key: "taskmanager.numberOfTaskSlots", defaultValue: 1 },
  frameworkHeap: { key: "taskmanager.memory.framework.heap.size", defaultValue: 128n * mebibyte },
  frameworkOffHeap: { key: "taskmanager.memory.framework.off-heap.size", defaultValue: 128n * mebibyte },
  taskHeap: { key: "taskmanager.memory.task.heap.size" },
  taskOffHeap: { key: "taskmanager.memory.task.off-heap.size", defaultValue: 0n },
  managed: { key: "taskmanager.memory.managed.size", deprecatedKeys: ["taskmanager.memory.size"] },
  managedFraction: { key: "taskmanager.memory.managed.fraction", defaultValue: 0.4 },
  network: {
    min: {
      key: "taskmanager.memory.network.min",
      deprecatedKeys: ["taskmanager.network.memory.min"],
      defaultValue: 64n * mebibyte,
    },
    max: {
      key: "taskmanager.memory.network.max",
      deprecatedKeys: ["taskmanager.network.memory.max"],
      defaultValue: maxBytes,
    },
    fraction: {
      key: "taskmanager.memory.network.fraction",
      deprecatedKeys: ["taskmanager.network.memory.fraction"],
      defaultValue: 0.1,
    },
  },
  /** Read by 1.x only (`NettyShuffleEnvironmentOptions.NETWORK_NUM_BUFFERS`). */
  numberOfBuffers: { key: "taskmanager.network.numberOfBuffers" },
  memorySegmentSize: { key: "taskmanager.memory.segment-size", defaultValue: 32n * 1024n },
} satisfies Record<string, Option<unknown> | RangeOptions>;

export const taskManagerProcessOptions: ProcessMemoryOptions = {
  process: "TaskManager",
  requiredFineGrained: [taskManagerOptions.taskHeap, taskManagerOptions.managed],
  totalFlinkMemory: { key: "taskmanager.memory.flink.size" },
  totalProcessMemory: { key: "taskmanager.memory.process.size" },
  ...jvmOptions("taskmanager.memory"),
};
