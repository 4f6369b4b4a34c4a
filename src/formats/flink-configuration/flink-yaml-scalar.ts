/** What a plain YAML scalar is, and what Flink's `Configuration.toMap` has for it. */
export interface ResolvedScalar {
  readonly kind: "string" | "null" | "boolean" | "integer" | "float";
  readonly text: string;
}

const patterns = {
  null: /^(?:~|null|Null|NULL|)$/,
  boolean: /^(?:true|True|TRUE|false|False|FALSE)$/,
  integer: /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/,
  float: /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
} as const;

/** Types a plain scalar by the rules of Flink's loader (snakeyaml-engine 2.6, CoreScalarResolver). */
export function resolvePlain(source: string): ResolvedScalar {
  if (patterns.null.test(source)) return { kind: "null", text: "null" };
  if (patterns.boolean.test(source)) return { kind: "boolean", text: source.toLowerCase() };
  if (patterns.integer.test(source)) return { kind: "integer", text: integerText(source) };
  if (patterns.float.test(source)) return { kind: "float", text: floatText(source) };
  return { kind: "string", text: source };
}

function integerText(source: string): string {
  const [, sign, digits = ""] = /^([-+]?)(.*)$/.exec(source) ?? [];
  const value = BigInt(digits);
  return String(sign === "-" ? -value : value);
}

function floatText(source: string): string {
  const lower = source.toLowerCase();
  if (lower === ".nan") return ".nan";
  if (lower.endsWith(".inf")) return lower.startsWith("-") ? "-.inf" : ".inf";
  const value = Number(source);
  return Number.isFinite(value) ? javaDouble(value) : value < 0 ? "-.inf" : ".inf";
}

/** `Double.toString` of Java: scientific below 10^-3 and from 10^7 on, with at least one digit behind the point. */
function javaDouble(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) return withPoint(String(value));
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${withPoint(digits)}E${exponent.replace("+", "")}`;
}

function withPoint(digits: string): string {
  return digits.includes(".") ? digits : `${digits}.0`;
}
