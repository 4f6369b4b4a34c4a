import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateCertificate } from "../../src/shell/certificates/certificate-files.ts";
import { writeKeytab } from "../../test/support/keytabs.ts";
import type { Feature } from "./rows.ts";

/** What is mounted below /certs, and what of it must not be seen anywhere. */
export interface Secrets {
  readonly folder: string;
  /** The password of the stores of internal TLS. */
  readonly password: string;
  readonly all: readonly string[];
}

const passwords = { kafka: "planted-kafka-password", search: "planted-search-password" } as const;

/** Writes the Secrets of a cluster into a folder that nobody else can enter. */
export function makeSecrets(folder: string): Secrets {
  mkdirSync(folder, { mode: 0o755 });
  const make = (commonName: string) =>
    generateCertificate({ commonName, dns: ["localhost"], ip: [], key: "ec", days: 2 }, new Date());
  const [internal, rest, kafka] = [make("flink.internal"), make("flink.rest"), make("Kafka CA")];
  const pick = (from: ReadonlyMap<string, Uint8Array>, names: readonly string[]) =>
    names.map((name) => [name, from.get(name) ?? new Uint8Array()] as const);
  mountAsSecret(join(folder, "internal"), pick(internal, ["keystore.p12", "truststore.p12", "password"]));
  mountAsSecret(join(folder, "rest"), pick(rest, ["tls.crt", "tls.key", "ca.crt"]));
  mountAsSecret(join(folder, "kafka"), pick(kafka, ["ca.crt"]));
  const keytab = writeKeytab([{ principal: "flink@EXAMPLE.COM", kvno: 1, encryptionType: 18 }]);
  mountAsSecret(join(folder, "kerberos"), [["krb5.keytab", keytab]]);
  const texts = Object.entries(passwords).map(([name, text]) => [name, Buffer.from(text)] as const);
  mountAsSecret(join(folder, "passwords"), texts);
  const password = Buffer.from(internal.get("password") ?? "").toString();
  const key = Buffer.from(rest.get("tls.key") ?? "")
    .toString()
    .split("\n")
    .filter((line) => line.length > 40 && !line.startsWith("-"));
  return { folder, password, all: [password, ...key, ...Object.values(passwords)] };
}

/** As kubelet does: the files are links into a folder that another link names. Any user of a container may read them. */
function mountAsSecret(folder: string, files: readonly (readonly [string, Uint8Array])[]): void {
  const version = "..2026_11_01_00_00_00.1";
  mkdirSync(join(folder, version), { recursive: true });
  symlinkSync(version, join(folder, "..data"));
  for (const [name, content] of files) {
    writeFileSync(join(folder, version, name), content);
    chmodSync(join(folder, version, name), 0o444);
    symlinkSync(join("..data", name), join(folder, name));
  }
}

const trust = { KAFKA_SSL_ENABLED: "true", KAFKA_SSL_CA_DIR: "/certs/kafka" };
const tls = {
  FLINK_SSL_INTERNAL_ENABLED: "true",
  FLINK_SSL_INTERNAL_DIR: "/certs/internal",
  FLINK_SSL_REST_ENABLED: "true",
  FLINK_SSL_REST_AUTHENTICATION_ENABLED: "true",
  FLINK_SSL_REST_DIR: "/certs/rest",
};
/** Services that are not there: what is rendered for them is. */
const services = {
  KERBEROS_ENABLED: "true",
  KERBEROS_REALM: "EXAMPLE.COM",
  KERBEROS_KDC: "kdc.example.com",
  KERBEROS_PRINCIPAL: "flink@EXAMPLE.COM",
  KERBEROS_KEYTAB: "/certs/kerberos/krb5.keytab",
  KAFKA_BOOTSTRAP_SERVERS: "kafka.example.com:9093",
  KAFKA_SASL_MECHANISM: "SCRAM-SHA-512",
  KAFKA_SASL_USERNAME: "flink",
  KAFKA_SASL_PASSWORD_FILE: "/certs/passwords/kafka",
  ELASTICSEARCH_HOSTS: "search.example.com",
  ELASTICSEARCH_SSL_ENABLED: "true",
  ELASTICSEARCH_SSL_CA_DIR: "/certs/kafka",
  ELASTICSEARCH_USERNAME: "flink",
  ELASTICSEARCH_PASSWORD_FILE: "/certs/passwords/search",
};

/** The variables that turn a feature on. Internal TLS has its password in the environment, or in a file with all features. */
export function featureVariables(feature: Feature, { password }: Secrets): Readonly<Record<string, string>> {
  switch (feature) {
    case "nothing":
      return {};
    case "TLS":
      return { ...tls, FLINK_SSL_INTERNAL_PASSWORD: password };
    case "trust":
      return trust;
    case "everything":
      return { ...trust, ...tls, ...services, FLINK_SSL_INTERNAL_PASSWORD_FILE: "/certs/internal/password" };
  }
}
