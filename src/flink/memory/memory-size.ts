import { timesPowerOfTen } from "./java-double.ts";
import { MemorySettingError } from "./memory-setting-error.ts";

/** An amount of memory in bytes, as Flink's `MemorySize` holds it: 0 to 2^63-1. */
export type Bytes = bigint;

/** Java's `Long.MAX_VALUE`: what Flink means by "no limit". */
export const maxBytes: Bytes = 2n ** 63n - 1n;

export const mebibyte: Bytes = 1n << 20n;

/** Each unit of `MemorySize.MemoryUnit`, and the power of two that it stands for. */
const units: readonly (readonly [names: readonly string[], shift: bigint])[] = [
  [["", "b", "bytes"], 0n],
  [["k", "kb", "kibibytes"], 10n],
  [["m", "mb", "mebibytes"], 20n],
  [["g", "gb", "gibibytes"], 30n],
  [["t", "tb", "tebibytes"], 40n],
];

/**
 * Reads a size such as `1600m`, `1 gb` or `4096`, as `MemorySize.parse` does. Undefined for what it refuses: no number, an
 * unknown unit, or more than a Java long holds.
 */
export function parseMemorySize(text: string): Bytes | undefined {
  const [, digits, unit] = /^[\0- ]*([0-9]+)[\0- ]*([^]*?)[\0- ]*$/.exec(text) ?? [];
  const shift = units.find(([names]) => unit !== undefined && names.includes(unit.toLowerCase()))?.[1];
  if (digits === undefined || shift === undefined) return undefined;
  const bytes = BigInt(digits) << shift;
  return bytes > maxBytes ? undefined : bytes;
}

/** The sum, or the error that `Math.addExact` is in Flink. */
export function sum(...sizes: readonly Bytes[]): Bytes {
  return bounded(sizes.reduce((total, size) => total + size, 0n));
}

/**
 * `MemorySize.multiply`: the factor's decimal digits are taken exactly (`BigDecimal.valueOf`), and the product is cut off to
 * whole bytes.
 */
export function multiply(size: Bytes, factor: number): Bytes {
  return bounded(timesPowerOfTen(factor, 0, size));
}

/** In the form of a setting, so that it can be pasted into one: `1600m`, or `409.6m (429496729b)` if it is not a whole number. */
export function describeSize(size: Bytes): string {
  if (size === maxBytes) return "unlimited";
  if (size % mebibyte === 0n) return `${size / mebibyte}m`;
  return size < mebibyte ? `${size}b` : `${(Number(size) / Number(mebibyte)).toFixed(1)}m (${size}b)`;
}

function bounded(size: Bytes): Bytes {
  if (size <= maxBytes) return size;
  throw new MemorySettingError([], "the memory sizes add up to more than 8 exbibytes", "set smaller sizes");
}
