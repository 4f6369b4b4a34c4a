import type { Secret } from "../../secret.ts";

/** A property of core-site.xml or hdfs-site.xml, and where it comes from. */
export interface Property {
  /** Undefined: it has none, and is final. */
  readonly value: string | Secret | undefined;
  readonly final: boolean;
  /** The variable, or the mounted file. */
  readonly where: readonly string[];
}

/** By name; what is put in later wins. */
export type Properties = Map<string, Property>;

/** The two files. */
export interface Sites {
  readonly core: Properties;
  readonly hdfs: Properties;
}
