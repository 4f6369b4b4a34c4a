import { readDynamicProperties } from "../../formats/flink-configuration/dynamic-properties.ts";
import { holdsSecret, isSecret } from "../../formats/secret-values.ts";

/** The arguments with the values of secret `-D` properties masked, and those that hold a secret otherwise. */
export function maskArguments(argv: readonly string[]): readonly string[] {
  const masked = argv.map((argument) => (holdsSecret(argument) ? "<secret in an argument>" : argument));
  for (const { key, value, index } of readDynamicProperties(argv)) {
    if (!isSecret(key, value)) continue;
    masked[index] = `${argv[index]?.startsWith("-D") ? "-D" : ""}${key}=<secret from -D>`;
  }
  return masked;
}

/** The variables that a program gets, with values that hold a secret masked. */
export function maskEnvironment(set: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const shown = Object.entries(set).map(([name, value]) => [
    name,
    holdsSecret(value) ? `<secret from ${name}>` : value,
  ]);
  return Object.fromEntries(shown) as Readonly<Record<string, string>>;
}
