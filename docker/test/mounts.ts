import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateCertificate } from "../../src/shell/generate-certificate.ts";
import type { Feature } from "./rows.ts";

/** What is mounted below /certs, and what of it must not be seen anywhere. */
export interface Secrets {
  readonly folder: string;
  /** The password of the stores of internal TLS. */
  readonly password: string;
  readonly all: readonly string[];
}

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
  const password = Buffer.from(internal.get("password") ?? "").toString();
  const key = Buffer.from(rest.get("tls.key") ?? "")
    .toString()
    .split("\n")
    .filter((line) => line.length > 40 && !line.startsWith("-"));
  return { folder, password, all: [password, ...key] };
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

/** The variables that turn a feature on. Internal TLS has its password in the environment, or in a file with all features. */
export function featureVariables(feature: Feature, { password }: Secrets): Readonly<Record<string, string>> {
  const trust = { KAFKA_SSL_ENABLED: "true", KAFKA_SSL_CA_DIR: "/certs/kafka" };
  const tls = {
    FLINK_SSL_INTERNAL_ENABLED: "true",
    FLINK_SSL_INTERNAL_DIR: "/certs/internal",
    FLINK_SSL_REST_ENABLED: "true",
    FLINK_SSL_REST_AUTHENTICATION_ENABLED: "true",
    FLINK_SSL_REST_DIR: "/certs/rest",
  };
  switch (feature) {
    case "nothing":
      return {};
    case "TLS":
      return { ...tls, FLINK_SSL_INTERNAL_PASSWORD: password };
    case "trust":
      return trust;
    case "everything":
      return { ...trust, ...tls, FLINK_SSL_INTERNAL_PASSWORD_FILE: "/certs/internal/password" };
  }
}
