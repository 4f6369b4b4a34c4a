/** A `-D key=value` of a Flink command. */
export interface DynamicProperty {
  readonly key: string;
  readonly value: string;
  /** Index in the arguments of the word that holds `key=value`. */
  readonly index: number;
}

/**
 * The `-D key=value` and `-Dkey=value` among a Flink command's arguments, as Flink's own command line reads them
 * (commons-cli with value separator `=`: a key alone means `true`).
 */
export function readDynamicProperties(args: readonly string[]): readonly DynamicProperty[] {
  const found: DynamicProperty[] = [];
  for (const [index, argument] of args.entries()) {
    const attached = argument.startsWith("-D") && argument.length > 2;
    const property = attached ? argument.slice(2) : args[index - 1] === "-D" ? argument : undefined;
    if (property === undefined) continue;
    const [key = "", ...value] = property.split("=");
    found.push({ key, value: value.length === 0 ? "true" : value.join("="), index });
  }
  return found;
}
