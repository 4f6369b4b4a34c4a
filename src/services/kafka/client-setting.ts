import type { Secret } from "../../secret.ts";
import { type JaasEntry, writeJaasEntry } from "../../formats/kerberos/jaas.ts";

/** One property of a client. */
export interface ClientSetting {
  readonly key: string;
  readonly value: string | Secret;
  /** For a table of the SQL connector, where class names differ and a secret is `…`; undefined: not needed there. */
  readonly sql: string | undefined;
  /** The variable that asks for this value; undefined for a default, which gives way to KAFKA_PROPERTIES. */
  readonly because?: string;
}

/** Where flink-sql-connector-kafka has Kafka's classes. */
const shaded = "org.apache.flink.kafka.shaded.";

/** A value that a variable asks for. */
export function plain(key: string, value: string, because: string): ClientSetting {
  return { key, value, sql: value, because };
}

/** A value that nobody asks for. */
export function byDefault(key: string, value: string): ClientSetting {
  return { key, value, sql: value };
}

export function secretSetting(key: string, value: Secret, because: string): ClientSetting {
  return { key, value, sql: "…", because };
}

/** A class of Kafka's. */
export function className(key: string, name: string, because: string): ClientSetting {
  return { key, value: name, sql: shaded + name, because };
}

/** What the user gives; classes of Kafka's have another name in the SQL connector. */
export function ownSetting(key: string, value: string | Secret): ClientSetting {
  if (typeof value !== "string") return { key, value, sql: "…" };
  return { key, value, sql: value.replaceAll(/(?<![\w.])org\.apache\.kafka\./g, `${shaded}$&`) };
}

/** `sasl.jaas.config` with a login module, and the option that holds a secret, if one does. */
export function jaasConfig(
  entry: JaasEntry,
  because: string,
  hidden?: { readonly option: string; readonly secret: Secret },
): ClientSetting {
  const write = (module: string, secret: string | undefined) => {
    const last = hidden === undefined || secret === undefined ? {} : { [hidden.option]: secret };
    return writeJaasEntry({ module, options: { ...entry.options, ...last } });
  };
  const value =
    hidden === undefined ? write(entry.module, undefined) : hidden.secret.map((secret) => write(entry.module, secret));
  const isKafka = entry.module.startsWith("org.apache.kafka.");
  return { key: "sasl.jaas.config", value, sql: write(isKafka ? shaded + entry.module : entry.module, "…"), because };
}
