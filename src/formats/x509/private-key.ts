import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { derKind, type DerKind } from "./der-kind.ts";
import { refuseEncodedTwice } from "./encoded-twice.ts";
import { FormatError } from "../format-error.ts";
import { looksLikePem, parsePem, type PemBlock, pemText, writePem } from "./pem.ts";

export type KeyType = "rsa" | "ec" | "other";

export interface PrivateKey {
  readonly type: KeyType;
  /** RSA: modulus bits. EC: field bits. Others: 0. */
  readonly bits: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** PKCS#8, DER, not encrypted. */
  readonly pkcs8: Uint8Array;
}

/** A curve's name carries its field's bits: `prime256v1`, `secp384r1`, `brainpoolP512r1`. */
const curveBits = /\d{3}/;

export function keyTypeAndBits(key: KeyObject): { type: KeyType; bits: number } {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa") return { type: "rsa", bits: modulusLength ?? 0 };
  if (key.asymmetricKeyType === "ec") return { type: "ec", bits: Number(curveBits.exec(namedCurve ?? "")?.[0] ?? 0) };
  return { type: "other", bits: 0 };
}

function toPrivateKey(key: KeyObject): PrivateKey {
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return { ...keyTypeAndBits(key), spki, pkcs8: key.export({ format: "der", type: "pkcs8" }) };
}

function pickBlock(text: string): PemBlock {
  const blocks = parsePem(text);
  const [key, second] = blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"));
  if (second !== undefined) {
    throw new FormatError(
      "there is a second private key in the file",
      "leave one private key in the file",
      second.line(),
    );
  }
  if (key !== undefined) return key;
  const [first] = blocks;
  if (first?.label.endsWith("CERTIFICATE") === true) throw certificateInstead(first.line());
  throw new FormatError(
    "there is no private key in the file",
    "put the private key there, as PEM or DER",
    first?.line(),
  );
}

function certificateInstead(line?: number): FormatError {
  return new FormatError(
    "the file holds a certificate, not a private key",
    "put the private key that belongs to the certificate there",
    line,
  );
}

function notAKey(line?: number): FormatError {
  return new FormatError(
    "the private key cannot be read",
    "give an RSA or EC key in PKCS#8, PKCS#1 or SEC1 form, as PEM or DER",
    line,
  );
}

function decrypt(create: (passphrase: string) => KeyObject, password: string | undefined, line?: number): KeyObject {
  if (password === undefined) {
    throw new FormatError(
      "the private key is encrypted and there is no password",
      "give the private key's password, or store the key without one",
      line,
    );
  }
  try {
    return create(password);
  } catch (error) {
    if (error instanceof Error && "code" in error && /UNSUPPORTED/i.test(String(error.code))) throw unsupported(line);
    throw new FormatError(
      "the password is wrong for this private key, or the key is damaged",
      "check the private key's password",
      line,
    );
  }
}

/** OpenSSL 3 keeps DES, RC2 and MD5 in its legacy provider. */
function unsupported(line?: number): FormatError {
  return new FormatError(
    "the private key is encrypted with an algorithm that is no longer supported, such as pbeWithMD5AndDES-CBC",
    "convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in KEY -out NEW",
    line,
  );
}

function fromPem({ label, bytes, headers, line }: PemBlock, password: string | undefined): KeyObject {
  if (headers.some((header) => /^Proc-Type: *4, *ENCRYPTED$/i.test(header))) {
    const key = writePem(label, bytes, headers);
    return decrypt((passphrase) => createPrivateKey({ key, format: "pem", passphrase }), password, line());
  }
  const kind = derKind(bytes);
  if (kind !== "unknown") return fromDer(bytes, kind, password, line());
  throw new FormatError(
    `the private key is of an unsupported kind: ${label}`,
    "convert it with: openssl pkey -in KEY -out NEW",
    line(),
  );
}

function fromDer(bytes: Uint8Array, kind: DerKind, password: string | undefined, line?: number): KeyObject {
  const key = Buffer.from(bytes);
  switch (kind) {
    case "encrypted-pkcs8":
      return decrypt(
        (passphrase) => createPrivateKey({ key, format: "der", type: "pkcs8", passphrase }),
        password,
        line,
      );
    case "pkcs8":
    case "pkcs1":
    case "sec1":
      return createPrivateKey({ key, format: "der", type: kind });
    case "certificate":
      throw certificateInstead(line);
    case "pkcs12":
      throw new FormatError(
        "the file is a keystore, not a private key",
        "name it keystore.p12, or put the key there as PEM or DER",
      );
    case "pkcs7":
    case "unknown":
      throw notAKey(line);
  }
}

/**
 * Reads one private key: PKCS#8, PKCS#1 or SEC1, as PEM (also with legacy `Proc-Type` encryption) or DER. The password is
 * only used if the key is encrypted.
 * @throws FormatError if it cannot be read, or is encrypted and the password is missing or wrong
 */
export function readPrivateKey(bytes: Uint8Array, password: string | undefined): PrivateKey {
  if (bytes.every((octet) => octet <= 0x20)) throw new FormatError("the file is empty", "put a private key into it");
  refuseEncodedTwice(bytes);
  const block = looksLikePem(bytes) ? pickBlock(pemText(bytes)) : undefined;
  try {
    return toPrivateKey(block === undefined ? fromDer(bytes, derKind(bytes), password) : fromPem(block, password));
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw notAKey(block?.line());
  }
}
