import { Tag } from "./der.ts";

/** A value that is not encoded yet. Nothing is copied before the outermost one is: a store has a certificate six levels deep. */
export interface DerTree {
  readonly tag: number;
  readonly parts: readonly DerPart[];
  /** Octets of content. */
  readonly size: number;
  /** Octets of tag, length and content. */
  readonly length: number;
}

/** An encoded value, or one that is to be. */
export type DerPart = Uint8Array | DerTree;

/** A value with this tag whose content is the parts one after the other (X.690, DER). */
export function derTree(tag: number, ...parts: readonly DerPart[]): DerTree {
  let size = 0;
  for (const part of parts) size += part.length;
  return { tag, parts, size, length: 2 + lengthOctets(size) + size };
}

/** How many follow the first one. */
function lengthOctets(size: number): number {
  return size < 0x80 ? 0 : size < 0x100 ? 1 : size < 0x1_0000 ? 2 : size < 0x100_0000 ? 3 : 4;
}

function encodeDer(tree: DerTree): Buffer {
  const bytes = Buffer.allocUnsafe(tree.length);
  write(tree, bytes, 0);
  return bytes;
}

function write({ tag, parts, size }: DerTree, bytes: Buffer, from: number): void {
  const octets = lengthOctets(size);
  bytes[from] = tag;
  bytes[from + 1] = octets === 0 ? size : 0x80 | octets;
  let at = from + 2;
  for (let shift = (octets - 1) * 8; shift >= 0; shift -= 8) bytes[at++] = size >>> shift;
  for (const part of parts) {
    if ("parts" in part) write(part, bytes, at);
    else bytes.set(part, at);
    at += part.length;
  }
}

/** {@link derTree}, encoded. */
export function der(tag: number, ...parts: readonly DerPart[]): Buffer {
  return encodeDer(derTree(tag, ...parts));
}

export function derSequence(...parts: readonly DerPart[]): Buffer {
  return der(Tag.sequence, ...parts);
}

/** A SET OF: DER wants its members in the order of their octets (X.690, 11.6). */
export function derSet(...parts: readonly Uint8Array[]): Buffer {
  return der(Tag.set, ...parts.toSorted((a, b) => Buffer.compare(a, b)));
}

/** A context-specific, constructed value: such as `[0] EXPLICIT`. */
export function derExplicit(number: number, ...parts: readonly Uint8Array[]): Buffer {
  return der(0xa0 | number, ...parts);
}

export function derOctetString(...parts: readonly DerPart[]): Buffer {
  return der(Tag.octetString, ...parts);
}

/** `unused` is the number of padding bits in the last octet. */
export function derBitString(bytes: Uint8Array, unused = 0): Buffer {
  return der(Tag.bitString, Uint8Array.of(unused), bytes);
}

export function derNull(): Buffer {
  return der(Tag.null);
}

export function derBoolean(value: boolean): Buffer {
  return der(Tag.boolean, Uint8Array.of(value ? 0xff : 0));
}

/** A non-negative INTEGER, from a number or from big-endian octets. */
export function derInteger(value: number | Uint8Array): Buffer {
  const octets = typeof value === "number" ? Buffer.from(value.toString(16).padStart(16, "0"), "hex") : value;
  const first = octets.findIndex((octet) => octet !== 0);
  const minimal = first < 0 ? Uint8Array.of(0) : octets.subarray(first);
  const sign = (minimal[0] ?? 0) & 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return der(Tag.integer, sign, minimal);
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function derOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const base128 = [arc & 0x7f];
    for (let high = Math.floor(arc / 128); high > 0; high = Math.floor(high / 128))
      base128.unshift(0x80 | (high & 0x7f));
    return base128;
  });
  return der(Tag.oid, Uint8Array.from(octets));
}

export function derUtf8String(text: string): Buffer {
  return der(Tag.utf8String, Buffer.from(text, "utf8"));
}

export function derBmpString(text: string): Buffer {
  return der(Tag.bmpString, Buffer.from(text, "utf16le").swap16());
}

/** RFC 5280, 4.1.2.5: UTCTime until 2049, GeneralizedTime after; whole seconds, UTC. */
export function derTime(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replace(/\D/g, "");
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? der(Tag.utcTime, Buffer.from(`${digits.slice(2)}Z`, "ascii"))
    : der(Tag.generalizedTime, Buffer.from(`${digits}Z`, "ascii"));
}
