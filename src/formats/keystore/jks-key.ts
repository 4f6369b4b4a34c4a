import { createHash } from "node:crypto";
import { DerReader } from "../x509/der.ts";
import { FormatError } from "../format-error.ts";

const keyProtector = "1.3.6.1.4.1.42.2.17.1.1";
const saltLength = 20;

function sha1(...parts: readonly Uint8Array[]): Buffer {
  const digest = createHash("sha1");
  for (const part of parts) digest.update(part);
  return digest.digest();
}

/** XOR with SHA-1(password, previous), beginning with the salt. */
function applyKeyStream(bytes: Uint8Array, password: Uint8Array, salt: Uint8Array): Uint8Array {
  const result = Buffer.from(bytes);
  let block: Uint8Array = salt;
  for (let i = 0; i < result.length; i += 1) {
    if (i % saltLength === 0) block = sha1(password, block);
    result[i] = (result[i] ?? 0) ^ (block[i % saltLength] ?? 0);
  }
  return result;
}

function encodePassword(password: string): Buffer {
  return Buffer.from(password, "utf16le").swap16();
}

/** Recovers a PKCS#8 key (JDK: sun.security.provider.KeyProtector). Throws a FormatError for a wrong password. */
export function recoverKey(protectedKey: Uint8Array, password: string, alias: string): Uint8Array {
  const info = new DerReader(protectedKey).enter();
  const algorithm = info.enter().oid();
  if (algorithm !== keyProtector) {
    throw new FormatError(
      `the keystore's key ${alias} is protected in an unknown way (${algorithm})`,
      "make the keystore again, as PKCS#12",
    );
  }
  const data = info.octetString();
  const salt = data.subarray(0, saltLength);
  const check = data.subarray(Math.max(saltLength, data.length - saltLength));
  const secret = encodePassword(password);
  const pkcs8 = applyKeyStream(data.subarray(saltLength, -saltLength), secret, salt);
  if (!sha1(secret, pkcs8).equals(check)) {
    throw new FormatError(
      `the keystore's password does not open its key ${alias}`,
      "give the key the keystore's own password, with: keytool -keypasswd",
    );
  }
  return pkcs8;
}
