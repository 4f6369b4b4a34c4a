import { createCipheriv, createDecipheriv } from "node:crypto";

const blockSize = 16;

function cbc(key: Uint8Array): "aes-128-cbc" | "aes-256-cbc" {
  return key.length === 16 ? "aes-128-cbc" : "aes-256-cbc";
}

/** AES in CBC mode with an IV of zeros and no padding. */
export function aesCbc(key: Uint8Array, plaintext: Uint8Array): Buffer {
  return createCipheriv(cbc(key), key, Buffer.alloc(blockSize)).setAutoPadding(false).update(plaintext);
}

function aesCbcDecrypt(key: Uint8Array, ciphertext: Uint8Array, iv: Uint8Array): Buffer {
  return createDecipheriv(cbc(key), key, iv).setAutoPadding(false).update(ciphertext);
}

/** AES with ciphertext stealing, as Kerberos takes it (RFC 3962, 5): the last two blocks always change places. At least one block. */
export function encryptCts(key: Uint8Array, plaintext: Uint8Array): Buffer {
  const blocks = Math.ceil(plaintext.length / blockSize);
  const padded = Buffer.alloc(blocks * blockSize);
  padded.set(plaintext);
  const encrypted = aesCbc(key, padded);
  if (blocks === 1) return encrypted;
  const tail = plaintext.length - (blocks - 1) * blockSize;
  const secondLast = (blocks - 2) * blockSize;
  const last = (blocks - 1) * blockSize;
  return Buffer.concat([
    encrypted.subarray(0, secondLast),
    encrypted.subarray(last),
    encrypted.subarray(secondLast, secondLast + tail),
  ]);
}

/** The other way round. */
export function decryptCts(key: Uint8Array, ciphertext: Uint8Array): Buffer {
  const zeros = Buffer.alloc(blockSize);
  const blocks = Math.ceil(ciphertext.length / blockSize);
  if (blocks < 2) return aesCbcDecrypt(key, ciphertext, zeros);
  const secondLast = (blocks - 2) * blockSize;
  const last = (blocks - 1) * blockSize;
  const tail = ciphertext.subarray(last);
  // The block that was stolen from holds the last plaintext, xored with the short one and the rest of its ciphertext.
  const mixed = aesCbcDecrypt(key, ciphertext.subarray(secondLast, last), zeros);
  const stolen = Buffer.concat([tail, mixed.subarray(tail.length)]);
  const plainTail = Buffer.from(tail.map((octet, index) => octet ^ (mixed[index] ?? 0)));
  const head = Buffer.concat([ciphertext.subarray(0, secondLast), stolen]);
  return Buffer.concat([aesCbcDecrypt(key, head, zeros), plainTail]);
}
