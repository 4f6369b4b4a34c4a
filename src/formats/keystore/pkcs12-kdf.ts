import { hash } from "node:crypto";

/** What the derived octets are for (RFC 7292, B.3). */
export const keyPurpose = { key: 1, iv: 2, mac: 3 } as const;

/** Passwords as PKCS#12 takes them: UTF-16, big-endian, with two zero octets at the end (RFC 7292, B.1). */
export function encodePassword(password: string): Uint8Array {
  return Buffer.from(`${password}\0`, "utf16le").swap16();
}

function repeatTo(bytes: Uint8Array, blockLength: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / blockLength) * blockLength, bytes);
}

/** (a + b + 1) mod 2^n, in place, for two numbers of the same length. */
function addOne(a: Buffer, b: Uint8Array): void {
  let carry = 1;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    carry += (a[i] ?? 0) + (b[i] ?? 0);
    a[i] = carry & 0xff;
    carry >>= 8;
  }
}

/** Derives octets from an encoded password (RFC 7292, B.2). `digest` is SHA-1 or SHA-2, as node:crypto names it; `purpose` a {@link keyPurpose}. */
export function derivePkcs12(
  digest: string,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  purpose: number,
  length: number,
): Buffer {
  const blockLength = digest === "sha384" || digest === "sha512" ? 128 : 64;
  const diversifier = Buffer.alloc(blockLength, purpose);
  const input = Buffer.concat([repeatTo(salt, blockLength), repeatTo(password, blockLength)]);
  const blocks: Buffer[] = [];
  for (let produced = 0; produced < length;) {
    let block = hash(digest, Buffer.concat([diversifier, input]), "buffer");
    for (let i = 1; i < iterations; i += 1) block = hash(digest, block, "buffer");
    blocks.push(block);
    produced += block.length;
    const addend = Buffer.alloc(blockLength, block);
    for (let at = 0; at < input.length; at += blockLength) addOne(input.subarray(at, at + blockLength), addend);
  }
  return Buffer.concat(blocks).subarray(0, length);
}
