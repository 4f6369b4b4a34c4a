import { randomBytes } from "node:crypto";
import type { KeyEntry, TrustedEntry } from "../../formats/keystore/entries.ts";
import { writePkcs12 } from "../../formats/keystore/pkcs12.ts";
import type { MadeCertificate } from "./generate-certificate.ts";

export const storeFormats = ["pkcs12", "jks"] as const;
export type StoreFormat = (typeof storeFormats)[number];

/**
 * Keystore, truststore and their password, by file name. The password is new and random. All are PKCS#12: `jks` only changes the
 * names, because `KeyStore.getInstance("JKS")` of every JDK reads PKCS#12 as well (`keystore.type.compat`).
 */
export function writeStores(
  { certificate, pkcs8, authority, trusted }: MadeCertificate,
  format: StoreFormat,
): readonly (readonly [string, Uint8Array])[] {
  const own: KeyEntry = { kind: "key", alias: "flink", pkcs8, chain: [certificate.der] };
  const alias = authority === certificate ? "flink" : "ca";
  const anchors = trusted.map(({ der }, index): TrustedEntry => ({
    kind: "trusted",
    alias: index === 0 ? alias : `ca-${index + 1}`,
    certificate: der,
  }));
  const password = randomBytes(32).toString("base64url");
  const bytes = (_label: string, length: number) => randomBytes(length);
  const write = (entries: readonly (KeyEntry | TrustedEntry)[]) =>
    writePkcs12(entries, { password, bytes, iterations: 10_000 });
  const extension = format === "jks" ? "jks" : "p12";
  return [
    [`keystore.${extension}`, write([own])],
    [`truststore.${extension}`, write(anchors)],
    ["password", Buffer.from(password)],
  ];
}
