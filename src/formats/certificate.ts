/** An X.509 certificate (RFC 5280), with what a plan asks of it. */
export interface Certificate {
  readonly der: Uint8Array;
  /** RFC 4514 order and escapes, such as `CN=flink.internal,O=Corp`. Empty for an empty subject. */
  readonly subject: string;
  readonly commonName: string | undefined;
  readonly issuer: string;
  /** Lower-case hex, no colons. */
  readonly sha256: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}
