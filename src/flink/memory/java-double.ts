/** A number as `Double.toString` writes it: `2.0`, `1.0E7`, `1.0E-4`. */
export function javaDouble(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= 1e-3 && magnitude < 1e7)) return withPoint(String(value));
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  return `${withPoint(mantissa)}E${Number(exponent)}`;
}

/**
 * The number times a power of ten, cut off to a whole number: `BigDecimal.valueOf`, which takes the decimal digits as they are
 * printed, with `scaleByPowerOfTen` and `toBigInteger`.
 */
export function timesPowerOfTen(value: number, power: number, factor = 1n): bigint {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  const scale = Number(exponent) - decimals.length + power;
  const product = factor * BigInt(whole + decimals);
  return scale < 0 ? product / 10n ** BigInt(-scale) : product * 10n ** BigInt(scale);
}

function withPoint(digits: string): string {
  return digits.includes(".") ? digits : `${digits}.0`;
}
