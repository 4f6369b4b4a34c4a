/** Cryptography that a part of the plan uses. */
export interface Algorithm {
  /** What uses it: `keystore of FLINK_SSL_INTERNAL_DIR`. */
  readonly part: string;
  /** Names of the field, such as `AES-256-GCM, HKDF-SHA-256`. */
  readonly name: string;
  /** Why FIPS 140-3 does not allow it, and what to do; undefined if it is allowed. */
  readonly refused?: Refused;
}

export interface Refused {
  readonly where: readonly string[];
  readonly text: string;
  readonly hint: string;
}
