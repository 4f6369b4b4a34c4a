import type { Settings } from "../../core/settings/declaration.ts";
import {
  choice,
  document,
  flag,
  list,
  optionalFlag,
  parseFlag,
  path,
  secret,
  text,
} from "../../core/settings/variables.ts";

/** The variables of Kafka's clients; `KAFKA_SSL_ENABLED` is of the family that trust has. */
export const env = {
  KAFKA_BOOTSTRAP_SERVERS: list({
    desc: "Brokers to begin with, each as host:port",
    example: "kafka-0.corp.example:9093,kafka-1.corp.example:9093",
  }),
  KAFKA_KERBEROS_ENABLED: flag({ desc: "Authenticate with Kerberos (SASL GSSAPI); needs KERBEROS_ENABLED" }),
  KAFKA_KERBEROS_SERVICE_NAME: text({
    desc: "The first part of the brokers' principal",
    expects: "a name",
    defaultText: "kafka",
  }),
  KAFKA_KERBEROS_PRINCIPAL: text({
    desc: "Another principal than Flink's, for Kafka only",
    expects: "a principal",
    defaultText: "KERBEROS_PRINCIPAL",
  }),
  KAFKA_KERBEROS_KEYTAB: path({
    desc: "The keytab with the key of KAFKA_KERBEROS_PRINCIPAL",
    defaultText: "KERBEROS_KEYTAB",
  }),
  KAFKA_SASL_MECHANISM: choice(["none", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"], {
    desc: "How to authenticate without Kerberos",
    default: "none",
  }),
  KAFKA_SASL_USERNAME: text({ desc: "User name for PLAIN and SCRAM", expects: "a user name" }),
  KAFKA_SASL_PASSWORD: secret({ desc: "Password for PLAIN and SCRAM" }),
  KAFKA_OAUTH_TOKEN_ENDPOINT: text({
    desc: "Where OAUTHBEARER gets its tokens (client credentials grant)",
    expects: "a URL",
    example: "https://idp.corp.example/oauth2/token",
  }),
  KAFKA_OAUTH_CLIENT_ID: text({ desc: "Client id for OAUTHBEARER", expects: "a client id" }),
  KAFKA_OAUTH_CLIENT_SECRET: secret({ desc: "Client secret for OAUTHBEARER" }),
  KAFKA_OAUTH_SCOPE: text({ desc: "Scope for OAUTHBEARER", expects: "a scope" }),
  KAFKA_SSL_DIR: path({
    desc: "A client certificate for Kafka: the mounted Secret with tls.crt and tls.key, or keystore.p12 or .jks",
  }),
  KAFKA_SSL_PASSWORD: secret({ desc: "Password of that keystore, or of an encrypted tls.key" }),
  KAFKA_SSL_VERIFY_HOSTNAME: optionalFlag({
    desc: "Whether the broker's certificate must have its name; false accepts any trusted certificate",
    defaultText: "true",
  }),
  KAFKA_PROPERTIES: document({
    desc: "Further properties of the clients, in the format of Java's properties",
    example: "acks=all",
  }),
};

export type KafkaSettings = Settings<typeof env>;

/** Whether trust is asked for Kafka; what is neither true nor false is trust's problem. */
export function hasTls(settings: KafkaSettings): boolean {
  return parseFlag(settings.families["<SERVICE>_SSL_ENABLED"]?.["KAFKA"] ?? "") === true;
}
