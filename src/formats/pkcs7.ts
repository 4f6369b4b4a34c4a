import { DerReader } from "./der.ts";

const signedData = "1.2.840.113549.1.7.2";

/** Whether DER content begins as a PKCS#7 SignedData does. */
export function looksLikePkcs7(der: Uint8Array): boolean {
  try {
    return new DerReader(der).enter().oid() === signedData;
  } catch {
    return false;
  }
}

/**
 * The certificates of a PKCS#7 SignedData (RFC 2315, 9.1), as `openssl crl2pkcs7` and Windows' .p7b export write it.
 * @throws FormatError if it is not one
 */
export function readPkcs7Certificates(der: Uint8Array): Uint8Array[] {
  const contentInfo = new DerReader(der).enter();
  contentInfo.oid();
  const data = contentInfo.enter(0xa0).enter();
  data.integer();
  data.any(); // digestAlgorithms
  data.any(); // contentInfo
  const set = data.optional(0xa0);
  const certificates: Uint8Array[] = [];
  if (set !== undefined) for (const list = set.inside(); !list.atEnd; ) certificates.push(list.any().bytes);
  return certificates;
}
