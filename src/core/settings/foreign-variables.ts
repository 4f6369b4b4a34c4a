const kafkaProperties = "in KAFKA_PROPERTIES";

const words: Readonly<Record<string, string>> = {
  KAFKA_SECURITY_PROTOCOL: `set KAFKA_SSL_ENABLED and KAFKA_SASL_MECHANISM, or security.protocol ${kafkaProperties}`,
  KAFKA_SASL_JAAS_CONFIG: `set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, or sasl.jaas.config ${kafkaProperties}`,
  KAFKA_OPTS: "set JVM options as env.java.opts.all in FLINK_PROPERTIES",
  KAFKA_HEAP_OPTS: "set Flink's memory in FLINK_PROPERTIES",
  FLINK_MODE: "give it as the container's command",
  FLINK_TASK_MANAGER_NUMBER_OF_TASK_SLOTS: "set TASK_MANAGER_NUMBER_OF_TASK_SLOTS",
};

/** Bitnami's and Confluent's images of Kafka write these into client files: the rest is the property's name. */
const kafkaStores =
  /^KAFKA_(?:CLIENT_|CFG_)?(SSL_(?:TRUSTSTORE|KEYSTORE|KEY)_[A-Z_]+|SSL_ENDPOINT_IDENTIFICATION_ALGORITHM)$/;

/** What to do instead of a variable that another image of Flink or Kafka reads. Undefined for every other name. */
export function instead(name: string, value: string): string | undefined {
  if (Object.hasOwn(words, name)) return words[name];
  const store = kafkaStores.exec(name)?.[1];
  if (store !== undefined) {
    const property = store.toLowerCase().replaceAll("_", ".");
    return `mount CA certificates and set KAFKA_SSL_CA_DIR, a client certificate and KAFKA_SSL_DIR, or set ${property} ${kafkaProperties}`;
  }
  const [, key] = /^FLINK_CFG_([A-Z0-9_]+)$/.exec(name) ?? [];
  // A Service that is called flink-cfg would bring the same names with an address.
  if (key === undefined || /_SERVICE_(HOST|PORT)/.test(name) || value.startsWith("tcp://")) return undefined;
  const path = key.toLowerCase().replaceAll("__", "-").replaceAll("_", ".");
  return `set ${path} in FLINK_PROPERTIES, spelt as Flink spells it`;
}
