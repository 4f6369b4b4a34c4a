import { type HadoopItem, type Include, type Remark, SiteParser } from "./site-parser.ts";

/** A property of core-site.xml or hdfs-site.xml. */
export interface HadoopProperty {
  readonly name: string;
  /** Undefined where a property without a value is final: nothing else can set it then. */
  readonly value: string | undefined;
  /** Later files and the job's own settings cannot change it. */
  readonly final: boolean;
}

export interface HadoopXml {
  /** Each once, in the order in which Hadoop sets them last. */
  readonly properties: readonly HadoopProperty[];
  /** What Hadoop passes over. */
  readonly remarks: readonly Remark[];
}

/**
 * Reads what Hadoop's Configuration (3.4.3, Configuration.Parser and loadProperty) reads: the last value of a property counts, or the
 * first that is final. A property without a value is left unset.
 * @throws FormatError for what Hadoop cannot read, for DTDs, and for encodings that `decodeXml` does not read
 */
export function readHadoopXml(bytes: Uint8Array, include: Include): HadoopXml {
  const parser = new SiteParser(include);
  parser.parse(bytes);
  const properties = new Map<string, HadoopProperty>();
  const remarks = [...parser.remarks];
  const unset = new Set<string>();
  for (const item of parser.items) {
    const { name, value, final } = item;
    const before = properties.get(name);
    if (value === undefined) unset.add(name);
    if (before?.final === true) {
      if (value !== undefined && value !== before.value) remarks.push(overridden(item));
    } else if (value !== undefined) {
      // Behind what has come since: HDFS keeps some properties by two names, and the later one counts.
      properties.delete(name);
      properties.set(name, { name, value, final });
    } else if (final) {
      properties.set(name, { name, value: before?.value, final });
    }
  }
  const names = [...unset].filter((name) => properties.get(name)?.value === undefined);
  return { properties: [...properties.values()], remarks: [...remarks, ...withoutValue(names)] };
}

function overridden({ name, line }: HadoopItem): Remark {
  const hint = "take it out, or take <final> out of the first one";
  return { level: "warning", text: `${name} is final further up, and keeps the value that it has there`, hint, line };
}

function withoutValue(names: readonly string[]): readonly Remark[] {
  if (names.length === 0) return [];
  return [{ level: "info", text: `without a value, and so unset: ${names.join(", ")}` }];
}
