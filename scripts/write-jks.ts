// Sluice only reads JKS. The rehearsals and the tests need stores for it to read.
import { createHash } from "node:crypto";
import type { JksEntry } from "../src/formats/keystore/jks.ts";
import { jksMagic } from "../src/formats/keystore/jks-binary.ts";
import { derNull, derOctetString, derOid, derSequence } from "../src/formats/x509/der-write.ts";

export interface JksOptions {
  readonly password: string;
  /** Of every entry; whole milliseconds. */
  readonly created: Date;
  /** Salts for keys, the same for the same label. */
  readonly bytes: (label: string, length: number) => Uint8Array;
}

/** Writes a JKS store, version 2 (JDK: sun.security.provider.JavaKeyStore). Keys are protected with the store's password. */
export function writeJks(entries: readonly JksEntry[], { password, created, bytes }: JksOptions): Uint8Array {
  const secret = Buffer.from(password, "utf16le").swap16();
  const date = Buffer.alloc(8);
  date.writeBigUInt64BE(BigInt(created.getTime()));
  const parts = entries.flatMap((entry) => {
    const alias = entry.alias.toLowerCase();
    if (entry.kind === "trusted") return [uint32(2), text(alias), date, certificate(entry.certificate)];
    const key = protectKey(entry.pkcs8, secret, bytes(`jks/${alias}/salt`, 20));
    return [uint32(1), text(alias), date, block(key), uint32(entry.chain.length), ...entry.chain.map(certificate)];
  });
  const content = Buffer.concat([uint32(jksMagic), uint32(2), uint32(entries.length), ...parts]);
  return Buffer.concat([content, sha1(secret, Buffer.from("Mighty Aphrodite"), content)]);
}

/** Protects a PKCS#8 key (JDK: sun.security.provider.KeyProtector): XOR with SHA-1(password, previous), beginning with the salt. */
function protectKey(pkcs8: Uint8Array, secret: Uint8Array, salt: Uint8Array): Uint8Array {
  const encrypted = Buffer.from(pkcs8);
  let stream = salt;
  for (let i = 0; i < encrypted.length; i += 1) {
    if (i % 20 === 0) stream = sha1(secret, stream);
    encrypted[i] = (encrypted[i] ?? 0) ^ (stream[i % 20] ?? 0);
  }
  const data = Buffer.concat([salt, encrypted, sha1(secret, pkcs8)]);
  return derSequence(derSequence(derOid("1.3.6.1.4.1.42.2.17.1.1"), derNull()), derOctetString(data));
}

function sha1(...parts: readonly Uint8Array[]): Uint8Array {
  return createHash("sha1").update(Buffer.concat(parts)).digest();
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function block(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function certificate(encoded: Uint8Array): Uint8Array {
  return Buffer.concat([text("X.509"), block(encoded)]);
}

/** Modified UTF-8 with two octets of length (java.io.DataOutput): each UTF-16 unit alone, and NUL as two octets. */
function text(value: string): Uint8Array {
  const octets = Array.from({ length: value.length }, (_, index) => value.charCodeAt(index)).flatMap((unit) => {
    if (unit > 0 && unit < 0x80) return [unit];
    if (unit < 0x800) return [0xc0 | (unit >> 6), 0x80 | (unit & 0x3f)];
    return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)];
  });
  return Buffer.from([octets.length >> 8, octets.length & 0xff, ...octets]);
}
