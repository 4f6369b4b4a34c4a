/** pkcs-12PbeIds (RFC 7292, appendix C), as the DER of their object identifiers. */
const schemes: readonly (readonly [last: number, name: string])[] = [
  [1, "128-bit RC4"],
  [2, "40-bit RC4"],
  [3, "3DES"],
  [4, "2-key 3DES"],
  [5, "128-bit RC2"],
  [6, "40-bit RC2"],
];
const prefix = Buffer.from("060a2a864886f70d010c01", "hex");

/** The schemes of old PKCS#12 stores that a store's algorithm identifiers name. They stand in the clear. */
export function oldPkcs12Encryption(store: Uint8Array): readonly string[] {
  const bytes = Buffer.from(store.buffer, store.byteOffset, store.byteLength);
  return schemes.filter(([last]) => bytes.includes(Buffer.concat([prefix, Buffer.of(last)]))).map(([, name]) => name);
}
