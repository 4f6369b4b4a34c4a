import { MemorySettingError } from "./memory-setting-error.ts";
import { describeSize, multiply, sum, type Bytes } from "./memory-size.ts";
import type { ProcessMemoryOptions, RangeOptions } from "./options.ts";
import { contains, readFraction, readMemorySize, type FlinkConf } from "./read-option.ts";

/** The components of Total Flink Memory, which differ between the processes (Flink's `FlinkMemory`). */
export interface FlinkMemory {
  readonly jvmHeap: Bytes;
  readonly jvmDirect: Bytes;
  readonly total: Bytes;
}

/** How one process divides its Total Flink Memory (Flink's `FlinkMemoryUtils`). */
export interface FlinkMemoryModel<M extends FlinkMemory> {
  readonly options: ProcessMemoryOptions;
  readonly deriveFromRequiredFineGrainedOptions: (conf: FlinkConf) => M;
  readonly deriveFromTotalFlinkMemory: (conf: FlinkConf, totalFlinkMemory: Bytes) => M;
}

/** Total Process Memory: Flink's own, and the JVM's (Flink's `CommonProcessMemorySpec`). */
export interface ProcessMemory<M extends FlinkMemory> {
  readonly flinkMemory: M;
  readonly jvmMetaspace: Bytes;
  readonly jvmOverhead: Bytes;
}

/** A fraction of something, between two bounds (Flink's `RangeFraction`). */
export interface RangeFraction {
  readonly min: Bytes;
  readonly max: Bytes;
  readonly fraction: number;
}

/**
 * Derives every component from what is set, in the order of `ProcessMemoryUtils.memoryProcessSpecFromConfig`: from the
 * fine-grained components, else from Total Flink Memory, else from Total Process Memory.
 * @throws MemorySettingError when none of the three is set, when they contradict each other, or when a value cannot be read.
 */
export function deriveProcessMemory<M extends FlinkMemory>(
  conf: FlinkConf,
  model: FlinkMemoryModel<M>,
): ProcessMemory<M> {
  const { requiredFineGrained, totalFlinkMemory, totalProcessMemory } = model.options;
  if (requiredFineGrained.every((option) => contains(conf, option))) {
    return withJvmMemory(conf, model.options, model.deriveFromRequiredFineGrainedOptions(conf));
  }
  if (contains(conf, totalFlinkMemory)) {
    const total = readMemorySize(conf, totalFlinkMemory);
    return withJvmMemory(conf, model.options, model.deriveFromTotalFlinkMemory(conf, total));
  }
  if (contains(conf, totalProcessMemory)) return deriveFromTotalProcessMemory(conf, model);
  const fineGrained = requiredFineGrained.map(({ key }) => key).join(" and ");
  throw new MemorySettingError(
    [totalProcessMemory.key],
    `nothing says how much memory the ${model.options.process} has`,
    `set ${totalProcessMemory.key} to the container's memory, or set ${totalFlinkMemory.key}, or ${fineGrained}`,
  );
}

function deriveFromTotalProcessMemory<M extends FlinkMemory>(
  conf: FlinkConf,
  model: FlinkMemoryModel<M>,
): ProcessMemory<M> {
  const { totalProcessMemory, jvmMetaspace: metaspaceOption, jvmOverhead: overheadOptions } = model.options;
  const total = readMemorySize(conf, totalProcessMemory);
  const jvmMetaspace = readMemorySize(conf, metaspaceOption);
  const jvmOverhead = fractionOf(total, readRange(conf, overheadOptions));
  const ofJvm = sum(jvmMetaspace, jvmOverhead);
  if (ofJvm > total) {
    throw new MemorySettingError(
      [totalProcessMemory.key],
      `JVM metaspace (${describeSize(jvmMetaspace)}) and JVM overhead (${describeSize(jvmOverhead)}) need more than the ` +
        `total process memory of ${describeSize(total)}`,
      `raise ${totalProcessMemory.key} above ${describeSize(ofJvm)}, or lower ${metaspaceOption.key} or ${overheadOptions.min.key}`,
    );
  }
  return { flinkMemory: model.deriveFromTotalFlinkMemory(conf, total - ofJvm), jvmMetaspace, jvmOverhead };
}

/** `ProcessMemoryUtils.deriveJvmMetaspaceAndOverheadFromTotalFlinkMemory`. */
function withJvmMemory<M extends FlinkMemory>(
  conf: FlinkConf,
  options: ProcessMemoryOptions,
  flinkMemory: M,
): ProcessMemory<M> {
  const jvmMetaspace = readMemorySize(conf, options.jvmMetaspace);
  const used = sum(flinkMemory.total, jvmMetaspace);
  const jvmOverhead = contains(conf, options.totalProcessMemory)
    ? restAsJvmOverhead(conf, options, used)
    : fractionOfWhole(used, readRange(conf, options.jvmOverhead));
  sum(used, jvmOverhead);
  return { flinkMemory, jvmMetaspace, jvmOverhead };
}

/** With Total Process Memory set as well, JVM overhead is the remainder, which must lie in its range. */
function restAsJvmOverhead(conf: FlinkConf, options: ProcessMemoryOptions, used: Bytes): Bytes {
  const { totalProcessMemory, totalFlinkMemory, jvmOverhead } = options;
  const total = readMemorySize(conf, totalProcessMemory);
  if (total < used) {
    throw new MemorySettingError(
      [totalProcessMemory.key],
      `total process memory (${describeSize(total)}) is less than total Flink memory and JVM metaspace together ` +
        `(${describeSize(used)})`,
      `remove ${totalProcessMemory.key}, or raise it above ${describeSize(used)}, or lower ${totalFlinkMemory.key}`,
    );
  }
  const overhead = total - used;
  const { min, max } = readRange(conf, jvmOverhead);
  if (overhead < min || overhead > max) {
    throw new MemorySettingError(
      [totalProcessMemory.key],
      `${describeSize(overhead)} of the total process memory is left for JVM overhead, which must be between ` +
        `${describeSize(min)} and ${describeSize(max)}`,
      `remove ${totalProcessMemory.key}, or set it to between ${describeSize(used + min)} and ${describeSize(used + max)}, ` +
        `or change ${overhead < min ? jvmOverhead.min.key : jvmOverhead.max.key}`,
    );
  }
  return overhead;
}

/** `ProcessMemoryUtils.getRangeFraction`, with the checks of `RangeFraction`. */
export function readRange(conf: FlinkConf, options: RangeOptions): RangeFraction {
  const min = readMemorySize(conf, options.min);
  const max = readMemorySize(conf, options.max);
  if (min > max) {
    throw new MemorySettingError(
      [options.min.key, options.max.key],
      `the minimum (${describeSize(min)}) is above the maximum (${describeSize(max)})`,
      `lower ${options.min.key}, or raise ${options.max.key}`,
    );
  }
  const fraction = readFraction(conf, options.fraction);
  if (!(fraction >= 0 && fraction < 1)) {
    throw new MemorySettingError(
      [options.fraction.key],
      `${fraction} is not a valid fraction of the memory`,
      `set ${options.fraction.key} to a number from 0 to less than 1`,
    );
  }
  return { min, max, fraction };
}

/** The fraction of a whole that is known (`deriveWithFraction`). */
export function fractionOf(whole: Bytes, range: RangeFraction): Bytes {
  return clamp(multiply(whole, range.fraction), range);
}

/** The fraction of a whole of which only the rest is known (`deriveWithInverseFraction`). */
export function fractionOfWhole(rest: Bytes, range: RangeFraction): Bytes {
  return clamp(multiply(rest, range.fraction / (1 - range.fraction)), range);
}

function clamp(size: Bytes, { min, max }: RangeFraction): Bytes {
  if (size > max) return max;
  return size < min ? min : size;
}
