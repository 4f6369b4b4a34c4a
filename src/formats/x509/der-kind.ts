import { DerReader, Tag } from "./der.ts";

/** What a DER file holds, as far as its first few values tell. */
export type DerKind = "certificate" | "pkcs7" | "pkcs12" | "pkcs8" | "encrypted-pkcs8" | "pkcs1" | "sec1" | "unknown";

const signedData = "1.2.840.113549.1.7.2";

/**
 * Tells DER files apart by what follows the outer SEQUENCE: a certificate (RFC 5280), PKCS#7 SignedData (RFC 2315), a PKCS#12
 * store (RFC 7292), or a private key (RFC 5958, RFC 8017 A.1.2, RFC 5915). Never throws.
 */
export function derKind(der: Uint8Array): DerKind {
  try {
    return kindOf(new DerReader(der).enter());
  } catch {
    return "unknown";
  }
}

function kindOf(outer: DerReader): DerKind {
  if (outer.peek() === Tag.oid) return outer.oid() === signedData ? "pkcs7" : "unknown";
  if (outer.peek() === Tag.sequence) return outer.enter().peek() === Tag.oid ? "encrypted-pkcs8" : "certificate";
  const version = outer.integer();
  const next = outer.peek();
  if (next === Tag.sequence) return version === 3 ? "pkcs12" : "pkcs8";
  if (next === Tag.octetString) return "sec1";
  return next === Tag.integer ? "pkcs1" : "unknown";
}
