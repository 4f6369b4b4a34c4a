import { MemorySettingError } from "./memory-setting-error.ts";
import { parseMemorySize, type Bytes } from "./memory-size.ts";
import type { Option } from "./options.ts";

/** Flink's configuration, flattened: what `Configuration` holds, each value as text. */
export type FlinkConf = ReadonlyMap<string, string>;

/** Whether the option is set, under its own key or a deprecated one (`Configuration.contains`). */
export function contains(conf: FlinkConf, option: Option<unknown>): boolean {
  return writtenKey(conf, option) !== undefined;
}

/** `ProcessMemoryUtils.getMemorySizeFromConfig`. */
export function readMemorySize(conf: FlinkConf, option: Option<Bytes>): Bytes {
  return read(conf, option, parseMemorySize, "write a number and a unit, such as 1600m or 2g");
}

/** A fraction, as the `float` that Flink reads. NaN and infinities come back as they are. */
export function readFraction(conf: FlinkConf, option: Option<number>): number {
  return Math.fround(read(conf, option, parseDouble, "write a decimal number, such as 0.1"));
}

export function readDouble(conf: FlinkConf, option: Option<number>): number {
  return read(conf, option, parseDouble, "write a decimal number, such as 2.0");
}

/** An `int` of Java. */
export function readInteger(conf: FlinkConf, option: Option<number>): number {
  const bound = 2n ** 31n;
  const parse = (text: string) => parseWhole(text, bound);
  return Number(read<number | bigint>(conf, option, parse, `write a whole number below ${bound}`));
}

/** A `long` of Java. */
export function readLong(conf: FlinkConf, option: Option<bigint>): bigint {
  return read(conf, option, (text) => parseWhole(text, 2n ** 63n), "write a whole number");
}

export function readBoolean(conf: FlinkConf, option: Option<boolean>): boolean {
  const parse = (text: string) => ({ true: true, false: false })[text.toLowerCase()];
  return read(conf, option, parse, "write true or false");
}

function read<T>(conf: FlinkConf, option: Option<T>, parse: (text: string) => T | undefined, hint: string): T {
  const key = writtenKey(conf, option) ?? option.key;
  const text = conf.get(key);
  const value = text === undefined ? option.defaultValue : parse(text);
  if (value !== undefined) return value;
  throw new MemorySettingError([key], `${JSON.stringify(text)} is not a value of ${key}`, hint);
}

function writtenKey(conf: FlinkConf, option: Option<unknown>): string | undefined {
  return [option.key, ...(option.deprecatedKeys ?? [])].find((key) => conf.has(key));
}

/** `Double.parseDouble`, hexadecimal numbers left out. */
function parseDouble(text: string): number | undefined {
  const [, sign, special, digits] =
    /^[\0- ]*([+-]?)(?:(NaN|Infinity)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFdD]?)[\0- ]*$/.exec(text) ?? [];
  const magnitude = special ?? digits;
  return magnitude === undefined ? undefined : Number(magnitude) * (sign === "-" ? -1 : 1);
}

/** `Integer.parseInt` and `Long.parseLong`. */
function parseWhole(text: string, bound: bigint): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = text.startsWith("+") ? BigInt(text.slice(1)) : BigInt(text);
  return value >= -bound && value < bound ? value : undefined;
}
