/** A private key with its certificate chain, leaf first. An empty chain: Java leaves such a key out. DER throughout. */
export interface KeyEntry {
  readonly kind: "key";
  readonly alias: string;
  readonly pkcs8: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

/** A certificate that Java takes as a trust anchor. */
export interface TrustedEntry {
  readonly kind: "trusted";
  readonly alias: string;
  readonly certificate: Uint8Array;
}

/**
 * A certificate of a PKCS#12 store that belongs to no key and that Java leaves out, because the store does not say that it is
 * trusted: what `openssl pkcs12 -export -nokeys` writes. The alias is empty if the store gives none.
 */
export interface UntrustedEntry {
  readonly kind: "untrusted";
  readonly alias: string;
  readonly certificate: Uint8Array;
}

/** An entry of a keystore or truststore, as the JDK's KeyStore sees it. Aliases are in lower case, as Java compares them. */
export type StoreEntry = KeyEntry | TrustedEntry | UntrustedEntry;
