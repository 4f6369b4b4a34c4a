import type { FlinkConfEntry } from "../core/feature/feature.ts";
import type { FlinkValue } from "../core/plan/plan.ts";
import { cipherEntries } from "./cipher-suites.ts";
import type { Material, Store } from "./material.ts";

/** The keys of one side of TLS (Flink's SecurityOptions, 1.20 to 2.3): `prefix` is `security.ssl.internal` or `security.ssl.rest`. */
export function storeEntries(
  prefix: string,
  { keystore, truststore }: Material,
  because: string,
): readonly FlinkConfEntry[] {
  const required = (name: string, value: FlinkValue): FlinkConfEntry => ({
    key: `${prefix}.${name}`,
    value,
    strength: "required",
    because,
  });
  // PKCS12 is Java's default type, and Java detects the real type of a store (keystore.type.compat).
  const type = (name: string, { format }: Store) => (format === "jks" ? [required(name, "JKS")] : []);
  const entries = [
    required("keystore", keystore.path),
    required("keystore-password", keystore.password),
    required("key-password", keystore.password),
    ...type("keystore-type", keystore),
  ];
  if (truststore !== undefined) {
    entries.push(
      required("truststore", truststore.path),
      required("truststore-password", truststore.password),
      ...type("truststore-type", truststore),
    );
  }
  return [...entries, ...cipherEntries(because)];
}
