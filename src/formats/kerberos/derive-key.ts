import { createHmac } from "node:crypto";
import { aesCbc } from "./aes-cts.ts";

/** What a key is derived for: a message's number (RFC 4120, 7.5.1) and one of its three uses (RFC 3961, 5.3). */
export interface KeyUse {
  readonly usage: number;
  readonly part: "encryption" | "integrity" | "checksum";
}

const suffixes = { encryption: 0xaa, integrity: 0x55, checksum: 0x99 } as const;

function constantOf({ usage, part }: KeyUse): Buffer {
  const constant = Buffer.alloc(5);
  constant.writeUInt32BE(usage);
  constant[4] = suffixes[part];
  return constant;
}

/** Stretches or shrinks a string of octets to a length, so that all of them count (RFC 3961, 5.1). */
export function nFold(input: Uint8Array, length: number): Buffer {
  const total = leastCommonMultiple(input.length, length);
  const sum = Array.from({ length }, () => 0);
  for (let at = 0; at < total; at++) {
    const rotation = Math.floor(at / input.length) * 13;
    const index = at % length;
    sum[index] = (sum[index] ?? 0) + rotatedOctet(input, at % input.length, rotation);
  }
  return carried(sum);
}

/** One octet of the input rotated to the right by that many bits. */
function rotatedOctet(input: Uint8Array, index: number, rotation: number): number {
  const bits = input.length * 8;
  const from = (((index * 8 - rotation) % bits) + bits) % bits;
  const high = input[from >> 3] ?? 0;
  const low = input[((from >> 3) + 1) % input.length] ?? 0;
  return (((high << 8) | low) >> (8 - (from & 7))) & 0xff;
}

/** In ones' complement: what is carried out in front comes in at the end. */
function carried(sum: number[]): Buffer {
  let carry = 0;
  do {
    for (let index = sum.length - 1; index >= 0; index--) {
      const value = (sum[index] ?? 0) + carry;
      sum[index] = value & 0xff;
      carry = value >> 8;
    }
  } while (carry > 0);
  return Buffer.from(sum);
}

function leastCommonMultiple(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b > 0) [a, b] = [b, a % b];
  return (one / a) * other;
}

/** DK of RFC 3961, 5.1, for AES (RFC 3962): a key as long as the one that it is derived from. */
export function deriveAesSha1Key(key: Uint8Array, use: KeyUse): Buffer {
  const first = aesCbc(key, nFold(constantOf(use), 16));
  return key.length === 16 ? first : Buffer.concat([first, aesCbc(key, first)]);
}

/** KDF-HMAC-SHA2 of RFC 8009, 3. `length` in octets. */
export function deriveAesSha2Key(hash: "sha256" | "sha384", key: Uint8Array, use: KeyUse, length: number): Buffer {
  const bits = Buffer.alloc(4);
  bits.writeUInt32BE(length * 8);
  const input = Buffer.concat([Buffer.from([0, 0, 0, 1]), constantOf(use), Buffer.from([0]), bits]);
  return createHmac(hash, key).update(input).digest().subarray(0, length);
}
