import { describeSize, type Bytes } from "./memory-size.ts";
import { amountKey, externalResourceList, externalResources, noResources } from "./external-resources.ts";
import { hashMapOrder } from "./java-hash-order.ts";
import { javaDouble, timesPowerOfTen } from "./java-double.ts";
import { jobManagerMemoryModel } from "./jobmanager-memory.ts";
import { legacyJobManagerHeap, legacyTaskManagerHeap, mapLegacyHeap } from "./legacy-heap.ts";
import { MemorySettingError } from "./memory-setting-error.ts";
import {
  jobManagerOptions,
  jobManagerProcessOptions,
  taskManagerOptions,
  taskManagerProcessOptions,
} from "./options.ts";
import { deriveProcessMemory, type FlinkMemory, type ProcessMemory } from "./process-memory.ts";
import { contains, readBoolean, readDouble, readInteger, type FlinkConf } from "./read-option.ts";
import { taskManagerMemoryModel } from "./taskmanager-memory.ts";

/** What `BashJavaUtils` prints for a process. */
export interface ResourceParams {
  /** `-Xmx…` and similar options. */
  readonly jvmParameters: readonly string[];
  /** Keys and values that go before the user's arguments, each as `-D key=value`, in Flink's order. */
  readonly dynamicConfigs: readonly (readonly [key: string, value: string])[];
  /** The components in words, for the log. */
  readonly summary: readonly string[];
}

export interface ResourceParamsInput {
  /** What the process will see, `-D` of the command line included. */
  readonly conf: FlinkConf;
  /** Of Flink 1.x only `FLINK_JM_HEAP` and `FLINK_TM_HEAP` are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Flink 1.x reads the keys from before 1.10 as well. */
  readonly readsLegacyKeys: boolean;
  /** Whether the configuration is `config.yaml`, not `flink-conf.yaml`: lists are then YAML lists. */
  readonly standardYaml: boolean;
}

/**
 * `BashJavaUtils.getJmResourceParams`.
 * @throws MemorySettingError
 */
export function jobManagerResourceParams(input: ResourceParamsInput): ResourceParams {
  const conf = input.readsLegacyKeys ? mapLegacyHeap(input.conf, input.env, legacyJobManagerHeap) : input.conf;
  const memory = deriveProcessMemory(conf, jobManagerMemoryModel);
  const { jvmHeap, offHeap, directMemoryLimitEnabled } = jobManagerOptions;
  const { jvmMetaspace, jvmOverhead } = jobManagerProcessOptions;
  return {
    jvmParameters: jvmParameters(memory, readBoolean(conf, directMemoryLimitEnabled)),
    dynamicConfigs: hashMapOrder<string>([
      [jvmHeap.key, inBytes(memory.flinkMemory.jvmHeap)],
      [offHeap.key, inBytes(memory.flinkMemory.jvmDirect)],
      [jvmMetaspace.key, inBytes(memory.jvmMetaspace)],
      [jvmOverhead.min.key, inBytes(memory.jvmOverhead)],
      [jvmOverhead.max.key, inBytes(memory.jvmOverhead)],
    ]),
    summary: summary(memory, []),
  };
}

/**
 * `BashJavaUtils.getTmResourceParams`.
 * @throws MemorySettingError
 */
export function taskManagerResourceParams(input: ResourceParamsInput): ResourceParams {
  const { env, readsLegacyKeys, standardYaml } = input;
  const conf = readsLegacyKeys ? mapLegacyHeap(input.conf, env, legacyTaskManagerHeap) : input.conf;
  const memory = deriveProcessMemory(conf, taskManagerMemoryModel(readsLegacyKeys));
  const { flinkMemory } = memory;
  const options = taskManagerOptions;
  const { jvmMetaspace, jvmOverhead } = taskManagerProcessOptions;
  const resources = externalResources(conf, standardYaml);
  const names = resources.map(([name]) => name);
  return {
    jvmParameters: jvmParameters(memory, true),
    dynamicConfigs: hashMapOrder<string>([
      [options.cpuCores.key, javaDouble(cpuCores(conf))],
      [options.frameworkHeap.key, inBytes(flinkMemory.frameworkHeap)],
      [options.frameworkOffHeap.key, inBytes(flinkMemory.frameworkOffHeap)],
      [options.taskHeap.key, inBytes(flinkMemory.taskHeap)],
      [options.taskOffHeap.key, inBytes(flinkMemory.taskOffHeap)],
      [options.network.min.key, inBytes(flinkMemory.network)],
      [options.network.max.key, inBytes(flinkMemory.network)],
      [options.managed.key, inBytes(flinkMemory.managed)],
      [jvmMetaspace.key, inBytes(memory.jvmMetaspace)],
      [jvmOverhead.min.key, inBytes(memory.jvmOverhead)],
      [jvmOverhead.max.key, inBytes(memory.jvmOverhead)],
      [options.numberOfTaskSlots.key, String(readInteger(conf, options.numberOfTaskSlots))],
      [externalResourceList, names.length === 0 ? noResources : `"${names.join(";")}"`],
      ...resources.map(([name, amount]) => [amountKey(name), String(amount)] as const),
    ]),
    summary: summary(memory, [
      ["framework heap", flinkMemory.frameworkHeap],
      ["task heap", flinkMemory.taskHeap],
      ["managed", flinkMemory.managed],
      ["framework off-heap", flinkMemory.frameworkOffHeap],
      ["task off-heap", flinkMemory.taskOffHeap],
      ["network", flinkMemory.network],
    ]),
  };
}

/** `TaskExecutorProcessUtils.getCpuCores`, and the digits that `Resource` keeps of it. */
function cpuCores(conf: FlinkConf): number {
  const { cpuCores: option, numberOfTaskSlots } = taskManagerOptions;
  const cores = contains(conf, option) ? readDouble(conf, option) : readInteger(conf, numberOfTaskSlots);
  if (cores > 0 && cores !== Infinity) return Number(`${timesPowerOfTen(cores, 8)}e-8`);
  const { key } = contains(conf, option) ? option : numberOfTaskSlots;
  throw new MemorySettingError([key], `${cores} is not a valid number of CPU cores`, `set ${key} to a number above 0`);
}

/** `ProcessMemoryUtils.generateJvmParametersStr`. */
function jvmParameters(memory: ProcessMemory<FlinkMemory>, limitsDirectMemory: boolean): readonly string[] {
  const { jvmHeap, jvmDirect } = memory.flinkMemory;
  const direct = limitsDirectMemory ? [`-XX:MaxDirectMemorySize=${jvmDirect}`] : [];
  return [`-Xmx${jvmHeap}`, `-Xms${jvmHeap}`, ...direct, `-XX:MaxMetaspaceSize=${memory.jvmMetaspace}`];
}

function inBytes(size: Bytes): string {
  return `${size}b`;
}

function summary(memory: ProcessMemory<FlinkMemory>, parts: readonly (readonly [string, Bytes])[]): readonly string[] {
  const { flinkMemory, jvmMetaspace, jvmOverhead } = memory;
  const lines: readonly (readonly [string, Bytes])[] = [
    ["total process memory", flinkMemory.total + jvmMetaspace + jvmOverhead],
    ["total Flink memory", flinkMemory.total],
    ["JVM heap", flinkMemory.jvmHeap],
    ["JVM direct memory", flinkMemory.jvmDirect],
    ...parts,
    ["JVM metaspace", jvmMetaspace],
    ["JVM overhead", jvmOverhead],
  ];
  return lines.map(([name, size]) => `${name}: ${describeSize(size)}`);
}
