import { Tag } from "./der.ts";

/** A value with this tag whose content is the parts one after the other (X.690, DER). */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const lengthOctets = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x1_0000 ? 2 : length < 0x100_0000 ? 3 : 4;
  const value = Buffer.allocUnsafe(2 + lengthOctets + length);
  value[0] = tag;
  value[1] = lengthOctets === 0 ? length : 0x80 | lengthOctets;
  if (lengthOctets > 0) value.writeUIntBE(length, 2, lengthOctets);
  let at = 2 + lengthOctets;
  for (const part of parts) {
    value.set(part, at);
    at += part.length;
  }
  return value;
}

export function derSequence(...parts: readonly Uint8Array[]): Buffer {
  return der(Tag.sequence, ...parts);
}

/** A SET OF: DER wants its members in the order of their octets (X.690, 11.6). */
export function derSet(...parts: readonly Uint8Array[]): Buffer {
  return der(Tag.set, ...parts.toSorted((a, b) => Buffer.compare(a, b)));
}

/** A context-specific, constructed value: `[0] EXPLICIT` and its like. */
export function derExplicit(number: number, ...parts: readonly Uint8Array[]): Buffer {
  return der(0xa0 | number, ...parts);
}

export function derOctetString(...parts: readonly Uint8Array[]): Buffer {
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
