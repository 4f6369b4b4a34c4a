/** A property of KAFKA_PROPERTIES or of the file that KAFKA_PROPERTIES_FILE names. */
export interface OwnProperty {
  readonly key: string;
  readonly value: string;
  /** `KAFKA_PROPERTIES`, or `KAFKA_PROPERTIES_FILE` and the path. */
  readonly where: readonly string[];
  readonly hidden: boolean;
}

/** The value of a property as Kafka reads it: ConfigDef trims all that are not objects. Undefined: it is not set. */
export function ownValue(own: readonly OwnProperty[], name: string): string | undefined {
  const found = own.find(({ key }) => key === name);
  return found === undefined ? undefined : trimLikeJava(found.value);
}

/** String.trim: unlike JavaScript's, it leaves blanks above U+0020. */
export function trimLikeJava(text: string): string {
  return text.replaceAll(/^[\0- ]+|[\0- ]+$/g, "");
}
