import { escapePropertyKey, escapePropertyValue } from "../src/formats/java-properties.ts";
import { writeJaasEntry } from "../src/formats/kerberos/jaas.ts";
import type { CertificateFiles } from "./certificates.ts";

/** How clients may come to the broker, as Kafka calls its listeners. */
export const listeners = ["PLAINTEXT", "SASL_PLAINTEXT", "SASL_SSL", "SSL"] as const;

export type Listener = (typeof listeners)[number];

export interface KafkaSecurity {
  /** GSSAPI: the broker's own principal, such as `kafka/localhost`, with its keytab. */
  readonly kerberos?: { readonly krb5Conf: string; readonly keytab: string; readonly principal: string };
  /** The broker's certificate; the CA of its files is the one whose clients come in by SSL. */
  readonly certificate?: CertificateFiles;
  /** Passwords by user name, for PLAIN and SCRAM-SHA-512. */
  readonly users?: Readonly<Record<string, string>>;
}

/** The listeners that can be offered with that. PLAINTEXT always is, for the broker itself. */
export function offered({ kerberos, certificate, users }: KafkaSecurity): readonly Listener[] {
  const hasSasl = kerberos !== undefined || users !== undefined;
  return listeners.filter(
    (name) => (hasSasl || !name.startsWith("SASL")) && (certificate !== undefined || !name.endsWith("SSL")),
  );
}

/** A server.properties for one broker that is its own controller (KRaft). */
export function serverProperties(
  security: KafkaSecurity,
  ports: ReadonlyMap<Listener | "CONTROLLER", number>,
  data: string,
): Record<string, string> {
  const urls = [...ports].map(([name, port]) => `${name}://localhost:${port}`);
  const protocols = [...ports.keys()].map((name) => `${name}:${name === "CONTROLLER" ? "PLAINTEXT" : name}`);
  return {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@localhost:${ports.get("CONTROLLER")}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    listeners: urls.join(),
    "advertised.listeners": urls.filter((url) => !url.startsWith("CONTROLLER")).join(),
    "listener.security.protocol.map": protocols.join(),
    "log.dirs": data,
    "offsets.topic.num.partitions": "1",
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    // Its default of 128 MB is more than the whole heap.
    "log.cleaner.dedupe.buffer.size": "4194304",
    ...(security.certificate !== undefined && tls(security.certificate)),
    ...Object.assign({}, ...(["sasl_plaintext", "sasl_ssl"] as const).map((name) => sasl(security, name))),
  };
}

function tls({ both, ca }: CertificateFiles): Record<string, string> {
  return {
    "ssl.keystore.type": "PEM",
    "ssl.keystore.location": both,
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": ca,
    "listener.name.ssl.ssl.client.auth": "required",
  };
}

const modules = "org.apache.kafka.common.security";

function sasl({ kerberos, users }: KafkaSecurity, listener: string): Record<string, string> {
  const of = `listener.name.${listener}`;
  const mechanisms = [...(kerberos ? ["GSSAPI"] : []), ...(users ? ["SCRAM-SHA-512", "PLAIN"] : [])];
  const passwords = Object.entries(users ?? {}).map(([name, password]) => [`user_${name}`, password]);
  return {
    [`${of}.sasl.enabled.mechanisms`]: mechanisms.join(),
    ...(kerberos && {
      "sasl.kerberos.service.name": kerberos.principal.split("/")[0] ?? "",
      [`${of}.gssapi.sasl.jaas.config`]: jaas("com.sun.security.auth.module.Krb5LoginModule", {
        useKeyTab: "true",
        storeKey: "true",
        keyTab: kerberos.keytab,
        principal: kerberos.principal,
      }),
    }),
    ...(users && {
      [`${of}.scram-sha-512.sasl.jaas.config`]: jaas(`${modules}.scram.ScramLoginModule`, {}),
      [`${of}.plain.sasl.jaas.config`]: jaas(`${modules}.plain.PlainLoginModule`, Object.fromEntries(passwords)),
    }),
  };
}

function jaas(module: string, options: Readonly<Record<string, string>>): string {
  return writeJaasEntry({ module, options });
}

/** Java's properties as the text of a file. */
export function propertiesText(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(
    ([key, value]) => `${escapePropertyKey(key)}=${escapePropertyValue(value)}\n`,
  );
  return lines.join("");
}
