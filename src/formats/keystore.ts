/** An entry of a keystore or truststore, as the JDK's KeyStore sees it. DER throughout; chains are leaf first. */
export type StoreEntry =
  | { readonly kind: "key"; readonly alias: string; readonly pkcs8: Uint8Array; readonly chain: readonly Uint8Array[] }
  | { readonly kind: "trusted"; readonly alias: string; readonly certificate: Uint8Array };
