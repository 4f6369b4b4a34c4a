import { DerReader } from "./der.ts";

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
  if (set !== undefined) for (const list = set.inside(); !list.atEnd;) certificates.push(list.any().bytes);
  return certificates;
}
