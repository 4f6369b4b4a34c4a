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

const keystores = ["keystore.p12", "keystore.jks", "flink.keystore"] as const;
const truststores = ["truststore.p12", "truststore.jks", "flink.truststore"] as const;
const pem = ["tls.crt", "tls.key", "ca.crt"] as const;

/** For hints. */
export const knownLayouts =
  "tls.crt and tls.key (and ca.crt), keystore.p12 or .jks and truststore.p12 or .jks, or flink.keystore and flink.truststore";

/**
 * Decides which files of a folder are used. PEM wins over stores: cert-manager puts both into one Secret, with the same key, and
 * PEM needs no password. A keystore is used with the truststore of its own kind if there is one.
 */
export function findLayout(names: readonly string[]): Layout | undefined {
  const has = (name: string) => names.includes(name);
  const unused = (used: readonly (string | undefined)[]) =>
    [...pem, ...keystores, ...truststores].filter((name) => has(name) && !used.includes(name));
  if (has("tls.crt") && has("tls.key")) {
    const ca = has("ca.crt") ? "ca.crt" : undefined;
    return {
      kind: "pem",
      certificate: "tls.crt",
      key: "tls.key",
      ca,
      unused: unused(["tls.crt", "tls.key", "ca.crt"]),
    };
  }
  const index = keystores.findIndex(has);
  const keystore = keystores[index];
  if (keystore === undefined) return undefined;
  const truststore = [truststores[index], ...truststores].find((name) => name !== undefined && has(name));
  return { kind: "stores", keystore, truststore, unused: unused([keystore, truststore]) };
}
