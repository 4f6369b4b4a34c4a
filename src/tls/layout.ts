/** What a mounted Secret holds, told by the names in it. */
export type Layout =
  | {
      readonly kind: "pem";
      readonly certificate: string;
      readonly key: string;
      readonly ca: string | undefined;
      readonly unused: readonly string[];
    }
  | {
      readonly kind: "stores";
      readonly keystore: string;
      readonly truststore: string | undefined;
      readonly unused: readonly string[];
    };

/** Certificate, key and CA, as Kubernetes, Strimzi's KafkaUser, Aiven and certbot call them. */
const pem = [
  ["tls.crt", "tls.key", "ca.crt"],
  ["user.crt", "user.key", "ca.crt"],
  ["service.cert", "service.key", "ca.pem"],
  ["fullchain.pem", "privkey.pem", "ca.pem"],
] as const;
const keystores = ["keystore.p12", "keystore.jks", "flink.keystore", "user.p12"] as const;
const truststores = ["truststore.p12", "truststore.jks", "flink.truststore", "ca.p12"] as const;

/** For hints. */
export const knownLayouts =
  "tls.crt and tls.key (and ca.crt), keystore.p12 or .jks and truststore.p12 or .jks, or flink.keystore and flink.truststore";

/**
 * Decides which files of a folder are used. PEM wins over stores: cert-manager and `sluice certs` put both into one folder, with the
 * same key, and PEM needs no password. A keystore is used with the truststore of the same kind, if there is one.
 */
export function findLayout(names: readonly string[]): Layout | undefined {
  const has = (name: string) => names.includes(name);
  const unused = (used: readonly (string | undefined)[]) =>
    [...new Set([...pem.flat(), ...keystores, ...truststores])].filter((name) => has(name) && !used.includes(name));
  const found = pem.find(([certificate, key]) => has(certificate) && has(key));
  if (found !== undefined) {
    const [certificate, key, authority] = found;
    const ca = has(authority) ? authority : undefined;
    // What `sluice certs` makes is one certificate in two forms, and its password.
    const isOurs = has("password");
    return { kind: "pem", certificate, key, ca, unused: isOurs ? [] : unused(found) };
  }
  const index = keystores.findIndex(has);
  const keystore = keystores[index];
  if (keystore === undefined) return undefined;
  const truststore = [truststores[index], ...truststores].find((name) => name !== undefined && has(name));
  return { kind: "stores", keystore, truststore, unused: unused([keystore, truststore]) };
}
