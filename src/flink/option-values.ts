import { isAtLeast } from "../core/feature/flink-version.ts";
import { parseMemorySize } from "./memory/memory-size.ts";
import { declaredOptions, minorVersion } from "./option-dictionary.ts";
import { isListOf, isListOfMaps, isMapOfTexts } from "./structured-values.ts";

const typesOfVersion = new Map<string, ReadonlyMap<string, string>>();

/** The type of a key in a version of Flink: `integer`, `duration`, `enum:A,B`; undefined for texts and unknown keys. */
export function optionType(key: string, version: string): string | undefined {
  const minor = minorVersion(version);
  const known = typesOfVersion.get(minor) ?? readTypes(minor);
  typesOfVersion.set(minor, known);
  return known.get(key);
}

function readTypes(minor: string): ReadonlyMap<string, string> {
  const ofMinor = declaredOptions().filter(({ type, minors }) => type !== "other" && minors.includes(minor));
  return new Map(ofMinor.map(({ key, type }) => [key.replace(/\.\*$/, ""), type] as const));
}

/**
 * What is wrong with a value, as `expected …`; undefined for one that Flink converts (ConfigurationUtils.convertValue, 1.20 to 2.3).
 */
export function wrongValue(type: string, value: string, version: string): string | undefined {
  if (type.startsWith("enum:")) {
    const constants = type.slice("enum:".length).split(",");
    return isConstant(constants, value) ? undefined : inWords(constants);
  }
  if (type.startsWith("list:enum:")) {
    const constants = type.slice("list:enum:".length).split(",");
    const isItem = (item: string) => isConstant(constants, item);
    return isListOf(value, isItem) ? undefined : `${inWords(constants)}, or several separated by semicolons`;
  }
  const [isRight, expected] = checks[type] ?? [() => true, ""];
  return isRight(value, version) ? undefined : expected;
}

const checks: Readonly<Record<string, readonly [(value: string, version: string) => boolean, string]>> = {
  integer: [(value) => parseWhole(value, 31n) !== undefined, "a whole number from -2147483648 to 2147483647"],
  long: [(value) => parseWhole(value, 63n) !== undefined, "a whole number"],
  double: [isFloating, "a number"],
  float: [isFloating, "a number"],
  boolean: [(value) => ["true", "false"].includes(value.toLowerCase()), "true or false"],
  duration: [isDuration, "a time such as 30 s, 10 min or 1 d"],
  memorysize: [(value) => parseMemorySize(value) !== undefined, "a size such as 512m or 4gb"],
  map: [isMapOfTexts, "a map such as one:1,other:2"],
  "list:map": [isListOfMaps, "a list of maps such as one:1,other:2;one:3"],
  "list:string": [(value) => isListOf(value, () => true), "a list such as one;other, with each quote closed"],
};

/** Integer.parseInt and Long.parseLong, by the bits of the magnitude: decimal digits of any script, and a sign. */
export function parseWhole(value: string, bits: bigint): bigint | undefined {
  if (isShortDecimal(value)) return BigInt(value);
  const [, sign = "", digits] = /^([+-]?)(\p{Nd}+)$/u.exec(value) ?? [];
  if (digits === undefined) return undefined;
  const magnitude = BigInt(Array.from(digits, digitOf).join(""));
  const most = 1n << bits;
  if (sign === "-") return magnitude <= most ? -magnitude : undefined;
  return magnitude < most ? magnitude : undefined;
}

/** Up to nine ASCII digits, as nearly all numbers are. The expression for all scripts takes a millisecond to compile. */
function isShortDecimal(value: string): boolean {
  if (value === "" || value.length > 9) return false;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** Decimal digits stand in rows of ten, each beginning with its zero. */
function digitOf(digit: string): number {
  let code = digit.codePointAt(0) ?? 0;
  let value = 0;
  if (code < 128) return code - 48;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code -= 1;
    value += 1;
  }
  return value % 10;
}

/** Double.parseDouble (JLS 3.10.2): decimal or hexadecimal, with a suffix, blanks around it. */
function isFloating(value: string): boolean {
  // oxlint-disable-next-line no-control-regex -- String.trim() of Java.
  const text = value.replaceAll(/^[\0- ]+|[\0- ]+$/g, "");
  return /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?|0[xX](?:[0-9a-fA-F]+\.?|[0-9a-fA-F]*\.[0-9a-fA-F]+)[pP][+-]?\d+[fFdD]?)$/.test(
    text,
  );
}

/** Nanoseconds of each unit of TimeUtils.TimeUnit, by its labels. */
const units: ReadonlyMap<string, bigint> = new Map(
  (
    [
      ["d day days", 86_400_000_000_000n],
      ["h hour hours", 3_600_000_000_000n],
      ["min m minute minutes", 60_000_000_000n],
      ["s sec secs second seconds", 1_000_000_000n],
      ["ms milli millis millisecond milliseconds", 1_000_000n],
      ["µs micro micros microsecond microseconds", 1000n],
      ["ns nano nanos nanosecond nanoseconds", 1n],
    ] as const
  ).flatMap(([labels, size]) => labels.split(" ").map((label) => [label, size] as const)),
);

/** TimeUtils.parseDuration: a number without a unit is milliseconds. Before Flink 2, the number is a long. */
function isDuration(value: string, version: string): boolean {
  // oxlint-disable-next-line no-control-regex -- String.trim() of Java.
  const [, digits, unit = ""] = /^[\0- ]*([0-9]+)[\0- ]*([^]*?)[\0- ]*$/.exec(value) ?? [];
  const size = unit === "" ? 1_000_000n : units.get(unit.toLowerCase());
  if (digits === undefined || size === undefined) return false;
  const number = BigInt(digits);
  // A Duration holds 2^63 - 1 seconds.
  return (isAtLeast(version, 2, 0) || number < 1n << 63n) && (number * size) / 1_000_000_000n < 1n << 63n;
}

/** ConfigurationUtils.convertToEnum compares texts in capitals. */
function isConstant(constants: readonly string[], value: string): boolean {
  return constants.includes(value.toUpperCase());
}

function inWords(constants: readonly string[]): string {
  return constants.join(", ").replace(/, (?=[^,]*$)/, " or ");
}
