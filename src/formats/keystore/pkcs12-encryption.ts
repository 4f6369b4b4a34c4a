import { createCipheriv, createDecipheriv, pbkdf2Sync } from "node:crypto";
import { type DerReader, Tag } from "../x509/der.ts";
import { derInteger, derNull, derOctetString, derOid, derSequence } from "../x509/der-write.ts";
import { FormatError } from "../format-error.ts";
import { derivePkcs12, encodePassword, keyPurpose } from "./pkcs12-kdf.ts";
import { Oid } from "./pkcs12-oids.ts";
import { decryptRc2Cbc } from "./pkcs12-rc2.ts";

/** The JDK's own limit: more would only stall the start. */
const maxIterations = 5_000_000;

/** PBKDF2's default. */
const hmacWithSha1 = "1.2.840.113549.2.7";

const hmacDigests: ReadonlyMap<string, string> = new Map([
  [hmacWithSha1, "sha1"],
  ["1.2.840.113549.2.8", "sha224"],
  [Oid.hmacWithSha256, "sha256"],
  ["1.2.840.113549.2.10", "sha384"],
  ["1.2.840.113549.2.11", "sha512"],
]);

const pbes2Ciphers: ReadonlyMap<string, { readonly name: string; readonly keyLength: number }> = new Map([
  ["2.16.840.1.101.3.4.1.2", { name: "aes-128-cbc", keyLength: 16 }],
  ["2.16.840.1.101.3.4.1.22", { name: "aes-192-cbc", keyLength: 24 }],
  [Oid.aes256Cbc, { name: "aes-256-cbc", keyLength: 32 }],
  ["1.2.840.113549.3.7", { name: "des-ede3-cbc", keyLength: 24 }],
]);

/** PBES1 of PKCS#12 (RFC 7292, appendix C): the ciphers of JDK 8 to 15 and OpenSSL 1. */
const pbes1Ciphers: ReadonlyMap<string, { readonly name: string; readonly keyLength: number }> = new Map([
  ["1.2.840.113549.1.12.1.3", { name: "des-ede3-cbc", keyLength: 24 }],
  ["1.2.840.113549.1.12.1.4", { name: "des-ede-cbc", keyLength: 16 }],
  ["1.2.840.113549.1.12.1.5", { name: "rc2", keyLength: 16 }],
  ["1.2.840.113549.1.12.1.6", { name: "rc2", keyLength: 5 }],
]);

function unsupported(what: string): FormatError {
  return new FormatError(
    `the keystore is encrypted with an unsupported algorithm (${what})`,
    "make the keystore again with keytool or openssl",
  );
}

/** An iteration count that can be run. */
export function readIterations(reader: DerReader): number {
  const iterations = reader.integer();
  if (iterations < 1 || iterations > maxIterations) {
    throw new FormatError(
      `the keystore asks for ${iterations} key derivation rounds`,
      `make the keystore again with 1 to ${maxIterations} rounds`,
    );
  }
  return iterations;
}

/** Derives a key by a PBKDF2 AlgorithmIdentifier (RFC 8018, A.2). */
function deriveKey(algorithm: DerReader, password: string, keyLength: number): Buffer {
  const oid = algorithm.oid();
  if (oid !== Oid.pbkdf2) throw unsupported(oid);
  const parameters = algorithm.enter();
  const salt = parameters.octetString();
  const iterations = readIterations(parameters);
  parameters.optional(Tag.integer); // the key length, which the cipher determines
  const hmac = parameters.atEnd ? hmacWithSha1 : parameters.enter().oid();
  const digest = hmacDigests.get(hmac);
  if (digest === undefined) throw unsupported(hmac);
  return pbkdf2Sync(password, salt, iterations, keyLength, digest);
}

function decryptPbes2(parameters: DerReader, data: Uint8Array, password: string): Uint8Array {
  const kdf = parameters.enter();
  const scheme = parameters.enter();
  const oid = scheme.oid();
  const cipher = pbes2Ciphers.get(oid);
  if (cipher === undefined) throw unsupported(oid);
  return decipher(cipher.name, deriveKey(kdf, password, cipher.keyLength), scheme.octetString(), data);
}

function decryptPbes1(oid: string, parameters: DerReader, data: Uint8Array, password: string): Uint8Array {
  const cipher = pbes1Ciphers.get(oid);
  if (cipher === undefined) throw unsupported(oid);
  const salt = parameters.octetString();
  const iterations = readIterations(parameters);
  const encoded = encodePassword(password);
  const key = derivePkcs12("sha1", encoded, salt, iterations, keyPurpose.key, cipher.keyLength);
  const iv = derivePkcs12("sha1", encoded, salt, iterations, keyPurpose.iv, 8);
  return cipher.name === "rc2" ? decryptRc2Cbc(key, iv, data) : decipher(cipher.name, key, iv, data);
}

function decipher(name: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createDecipheriv(name, key, iv);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

/**
 * Decrypts what is always a SEQUENCE: SafeContents or a PKCS#8 key. `algorithm` is the inside of its AlgorithmIdentifier.
 * @throws FormatError for an algorithm that is not known, and for a wrong password
 */
export function decryptPbe(algorithm: DerReader, data: Uint8Array, password: string): Uint8Array {
  const oid = algorithm.oid();
  const parameters = algorithm.enter();
  let plain: Uint8Array | undefined;
  try {
    plain =
      oid === Oid.pbes2 ? decryptPbes2(parameters, data, password) : decryptPbes1(oid, parameters, data, password);
  } catch (error) {
    if (error instanceof FormatError) throw error;
  }
  if (plain?.[0] !== Tag.sequence) {
    throw new FormatError(
      "the password is wrong for this keystore, or the keystore is damaged",
      "check the keystore's password",
    );
  }
  return plain;
}

export interface Pbes2Options {
  readonly password: string;
  /** 16 octets each. */
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  readonly iterations: number;
}

/** An EncryptedPrivateKeyInfo (RFC 5958) with PBES2, AES-256-CBC and HMAC-SHA256, as JDK 17 and OpenSSL 3 write it. */
export function encryptPbes2(plain: Uint8Array, { password, salt, iv, iterations }: Pbes2Options): Uint8Array {
  const cipher = createCipheriv("aes-256-cbc", pbkdf2Sync(password, salt, iterations, 32, "sha256"), iv);
  const kdf = derSequence(
    derOid(Oid.pbkdf2),
    derSequence(
      derOctetString(salt),
      derInteger(iterations),
      derInteger(32),
      derSequence(derOid(Oid.hmacWithSha256), derNull()),
    ),
  );
  const scheme = derSequence(derOid(Oid.aes256Cbc), derOctetString(iv));
  return derSequence(
    derSequence(derOid(Oid.pbes2), derSequence(kdf, scheme)),
    derOctetString(cipher.update(plain), cipher.final()),
  );
}
