import { problemCatalogue } from "../../core/findings/problem.ts";

export const kafkaProblems = problemCatalogue("kafka", {
  "no-servers": "Kafka's clients are configured, but nothing says where the brokers are.",
  "bad-server": "A bootstrap server is not written as Kafka takes it.",
  "needs-kerberos": "Kafka is asked to use Kerberos, which is not turned on.",
  "needs-tls": "A client certificate, or its password, is given for a connection without TLS.",
  "two-mechanisms": "Kerberos and another SASL mechanism are both asked for.",
  "no-credentials": "The SASL mechanism needs something that is not given.",
  "bad-endpoint": "The token endpoint is not a URL.",
  "bad-properties": "KAFKA_PROPERTIES does not follow the format of Java's properties.",
  contradiction: "KAFKA_PROPERTIES contradicts another variable.",
  "bad-jaas": "A sasl.jaas.config in KAFKA_PROPERTIES is cut off, or not written as Kafka takes it.",
  "bad-pem": "A certificate or key in KAFKA_PROPERTIES is cut off, or not written as PEM.",
  "no-mechanism": "KAFKA_PROPERTIES asks for SASL with a login module that Kafka's default mechanism does not use.",
  "bad-protocol": "KAFKA_PROPERTIES has a security.protocol that Kafka does not know.",
});
