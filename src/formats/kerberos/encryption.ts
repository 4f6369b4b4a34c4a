import { createHmac, timingSafeEqual } from "node:crypto";
import { FormatError } from "../format-error.ts";
import { decryptCts, encryptCts } from "./aes-cts.ts";
import { deriveAesSha1Key, deriveAesSha2Key, type KeyUse } from "./derive-key.ts";

/** The AES types (IANA's numbers): RFC 3962 and RFC 8009. What every Java from 11 on can use. */
interface Profile {
  /** Octets. */
  readonly keySize: number;
  readonly checksumSize: number;
  readonly hash: "sha1" | "sha256" | "sha384";
}

const profiles: ReadonlyMap<number, Profile> = new Map([
  [17, { keySize: 16, checksumSize: 12, hash: "sha1" }],
  [18, { keySize: 32, checksumSize: 12, hash: "sha1" }],
  [19, { keySize: 16, checksumSize: 16, hash: "sha256" }],
  [20, { keySize: 32, checksumSize: 24, hash: "sha384" }],
]);

/** Strongest first. */
export const aesTypes: readonly number[] = [20, 18, 19, 17];

/** Octets of randomness in front of each plaintext. */
export const confounderSize = 16;

/** A key with its type. */
export interface EncryptionKey {
  readonly type: number;
  readonly key: Uint8Array;
}

/**
 * Encrypts for one use of a key (RFC 4120, 7.5.1).
 * @throws FormatError for a type that is not AES, or a key of another length
 */
export function encrypt(key: EncryptionKey, usage: number, plaintext: Uint8Array, confounder: Uint8Array): Buffer {
  const profile = profileOf(key);
  const message = Buffer.concat([confounder, plaintext]);
  const ciphertext = encryptCts(derive(profile, key, { usage, part: "encryption" }), message);
  return Buffer.concat([ciphertext, checksum(profile, key, usage, message, ciphertext)]);
}

/**
 * Decrypts, and verifies that the same key was used.
 * @throws FormatError if it was not, or if the text was changed
 */
export function decrypt(key: EncryptionKey, usage: number, text: Uint8Array): Buffer {
  const profile = profileOf(key);
  const end = text.length - profile.checksumSize;
  if (end < confounderSize) throw new FormatError("an encrypted part of a Kerberos message is cut off", askAgain);
  const ciphertext = text.subarray(0, end);
  const message = decryptCts(derive(profile, key, { usage, part: "encryption" }), ciphertext);
  const expected = checksum(profile, key, usage, message, ciphertext);
  if (timingSafeEqual(expected, text.subarray(end))) return message.subarray(confounderSize);
  throw new FormatError("it was encrypted with another key", "take the key that belongs to it");
}

const askAgain = "ask the KDC again";

function profileOf({ type, key }: EncryptionKey): Profile {
  const profile = profiles.get(type);
  if (profile === undefined) throw new FormatError(`encryption type ${type} is not AES`, "use a key of an AES type");
  if (profile.keySize === key.length) return profile;
  throw new FormatError(`a key of ${key.length} octets is not a valid key of type ${type}`, "write the keytab again");
}

function derive({ hash, keySize, checksumSize }: Profile, { key }: EncryptionKey, use: KeyUse): Buffer {
  if (hash === "sha1") return deriveAesSha1Key(key, use);
  return deriveAesSha2Key(hash, key, use, use.part === "encryption" ? keySize : checksumSize);
}

/** SHA-1's is over the plaintext, SHA-2's over the IV and the ciphertext. */
function checksum(
  profile: Profile,
  key: EncryptionKey,
  usage: number,
  message: Uint8Array,
  ciphertext: Uint8Array,
): Buffer {
  const { hash, checksumSize } = profile;
  const hmac = createHmac(hash, derive(profile, key, { usage, part: "integrity" }));
  if (hash === "sha1") hmac.update(message);
  else hmac.update(Buffer.alloc(16)).update(ciphertext);
  return hmac.digest().subarray(0, checksumSize);
}
