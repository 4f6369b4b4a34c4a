import type { Secret } from "../../core/secret.ts";
import { type JaasEntry, writeJaasEntry } from "../../formats/kerberos/jaas.ts";

/** One property of a client. */
export interface ClientSetting {
  readonly key: string;
  readonly value: string | Secret;
  /** For a table of the SQL connector, where class names differ and a secret is `…`; undefined: not needed there. */
  readonly sql: string | undefined;
}

/** Where flink-sql-connector-kafka has Kafka's classes. */
const shaded = "org.apache.flink.kafka.shaded.";

export function plain(key: string, value: string): ClientSetting {
  return { key, value, sql: value };
}

export function secretSetting(key: string, value: Secret): ClientSetting {
  return { key, value, sql: "…" };
}

/** A class of Kafka's. */
export function className(key: string, name: string): ClientSetting {
  return { key, value: name, sql: shaded + name };
}

/** `sasl.jaas.config` with a login module, and the option that holds a secret, if one does. */
export function jaasConfig(
  entry: JaasEntry,
  hidden?: { readonly option: string; readonly secret: Secret },
): ClientSetting {
  const write = (module: string, secret: string | undefined) => {
    const last = hidden === undefined || secret === undefined ? {} : { [hidden.option]: secret };
    return writeJaasEntry({ module, options: { ...entry.options, ...last } });
  };
  const value =
    hidden === undefined ? write(entry.module, undefined) : hidden.secret.map((secret) => write(entry.module, secret));
  const isKafka = entry.module.startsWith("org.apache.kafka.");
  return { key: "sasl.jaas.config", value, sql: write(isKafka ? shaded + entry.module : entry.module, "…") };
}
