/** One login module, as Kafka's `sasl.jaas.config` and a JAAS file name it. */
export interface JaasEntry {
  /** The class. */
  readonly module: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Writes `module required name="value" …;`, with every value in quotes: both the JDK's ConfigFile and Kafka's JaasConfig read
 * it with java.io.StreamTokenizer, which ends a bare word at most characters.
 */
export function writeJaasEntry({ module, options }: JaasEntry): string {
  const words = Object.entries(options).map(([name, value]) => `${name}=${quoteJaas(value)}`);
  return `${[module, "required", ...words].join(" ")};`;
}

/** A quoted word with StreamTokenizer's escapes; a line end in it would end the word. */
function quoteJaas(value: string): string {
  return `"${value.replaceAll(/["\\\n\r]/g, (character) => escapes[character] ?? character)}"`;
}

const escapes: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
