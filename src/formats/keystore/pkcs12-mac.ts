import { createHmac, timingSafeEqual } from "node:crypto";
import type { DerReader } from "../x509/der.ts";
import { derInteger, derNull, derOctetString, derOid, derSequence } from "../x509/der-write.ts";
import { FormatError } from "../format-error.ts";
import { readIterations } from "./pkcs12-encryption.ts";
import { derivePkcs12, encodePassword, keyPurpose } from "./pkcs12-kdf.ts";
import { Oid } from "./pkcs12-oids.ts";

const digests: ReadonlyMap<string, { readonly name: string; readonly length: number }> = new Map([
  ["1.3.14.3.2.26", { name: "sha1", length: 20 }],
  ["2.16.840.1.101.3.4.2.4", { name: "sha224", length: 28 }],
  [Oid.sha256, { name: "sha256", length: 32 }],
  ["2.16.840.1.101.3.4.2.2", { name: "sha384", length: 48 }],
  ["2.16.840.1.101.3.4.2.3", { name: "sha512", length: 64 }],
]);

function unsupported(algorithm: string): FormatError {
  return new FormatError(
    `the keystore's integrity check uses the unsupported algorithm ${algorithm}`,
    "make the keystore again with keytool or openssl",
  );
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Checks a MacData (RFC 7292, 4) over the content. Throws a FormatError if the password does not fit. */
export function verifyMac(macData: DerReader, content: Uint8Array, password: string): void {
  const digestInfo = macData.enter();
  const algorithm = digestInfo.enter();
  const oid = algorithm.oid();
  const expected = digestInfo.octetString();
  const salt = macData.octetString();
  const iterations = macData.atEnd ? 1 : readIterations(macData);
  const fits = encodings(password).some((encoded) => equal(mac(oid, encoded, salt, iterations, content), expected));
  if (!fits) {
    throw new FormatError(
      "the password is wrong for this keystore, or the keystore is damaged",
      "check the keystore's password",
    );
  }
}

/** An empty password is two zero octets for openssl, and none at all for others. */
function encodings(password: string): Uint8Array[] {
  return password === "" ? [encodePassword(""), new Uint8Array()] : [encodePassword(password)];
}

function mac(oid: string, password: Uint8Array, salt: Uint8Array, iterations: number, content: Uint8Array): Buffer {
  const digest = digests.get(oid);
  if (digest === undefined) throw unsupported(oid);
  return createHmac(digest.name, derivePkcs12(digest.name, password, salt, iterations, keyPurpose.mac, digest.length))
    .update(content)
    .digest();
}

/** A MacData with HMAC-SHA256, as JDK 17 and OpenSSL 3 write it. */
export function writeMac(content: Uint8Array, password: string, salt: Uint8Array, iterations: number): Uint8Array {
  return derSequence(
    derSequence(
      derSequence(derOid(Oid.sha256), derNull()),
      derOctetString(mac(Oid.sha256, encodePassword(password), salt, iterations, content)),
    ),
    derOctetString(salt),
    derInteger(iterations),
  );
}
