import { FormatError } from "./format-error.ts";

/** Identifier octets of the ASN.1 types that certificates, keys and stores are made of (X.690, 8.1.2). */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One encoded value: `bytes` is tag, length and content; `content` is without the first two. Both are views, not copies. */
export interface DerValue {
  readonly tag: number;
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

const maxDepth = 32;

function broken(what: string): FormatError {
  return new FormatError(`ASN.1 data is broken: ${what}`, "copy the file again, in binary: it is cut off or was changed on the way");
}

interface Header {
  readonly start: number;
  /** -1: indefinite, closed by an end-of-contents value. */
  readonly length: number;
}

function readHeader(bytes: Uint8Array, at: number): Header {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw broken("it is cut off");
  if ((tag & 0x1f) === 0x1f) throw broken("a tag is out of place");
  if (first < 0x80) return { start: at + 2, length: first };
  if (first === 0x80) return { start: at + 2, length: -1 };
  const count = first & 0x7f;
  if (count > 4) throw broken("a length is out of range");
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    const octet = bytes[at + 2 + i];
    if (octet === undefined) throw broken("it is cut off");
    length = length * 256 + octet;
  }
  return { start: at + 2 + count, length };
}

/** BER's indefinite length (X.690, 8.1.3.6): BouncyCastle and macOS write PKCS#12 and PKCS#7 so. Returns where the two zero octets are. */
function findEndOfContents(bytes: Uint8Array, start: number, depth: number): number {
  if (depth > maxDepth) throw broken("it is nested too deeply");
  let at = start;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) {
    const header = readHeader(bytes, at);
    at = header.length < 0 ? findEndOfContents(bytes, header.start, depth + 1) + 2 : header.start + header.length;
  }
  return at;
}

/** Reads DER values one after the other, and BER's indefinite lengths. All methods throw a FormatError for anything unexpected. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The tag of the next value; undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** The next value, whatever its type. */
  any(): DerValue {
    const bytes = this.#bytes;
    const from = this.#at;
    const { start, length } = readHeader(bytes, from);
    const contentEnd = length < 0 ? findEndOfContents(bytes, start, 0) : start + length;
    const end = length < 0 ? contentEnd + 2 : contentEnd;
    if (end > bytes.length) throw broken("it is cut off");
    this.#at = end;
    return { tag: bytes[from] ?? 0, bytes: bytes.subarray(from, end), content: bytes.subarray(start, contentEnd) };
  }

  read(tag: number): DerValue {
    if (this.peek() !== tag) throw broken(this.atEnd ? "a value is missing" : "a value has another type than expected");
    return this.any();
  }

  optional(tag: number): DerValue | undefined {
    return this.peek() === tag ? this.any() : undefined;
  }

  /** Enters the next value, which must be constructed: a SEQUENCE unless told otherwise. */
  enter(tag: number = Tag.sequence): DerReader {
    return new DerReader(this.read(tag).content);
  }

  /** An OBJECT IDENTIFIER, dotted. */
  oid(): string {
    return formatOid(this.read(Tag.oid).content);
  }

  /** A non-negative INTEGER of at most 31 bits. */
  integer(): number {
    const { content } = this.read(Tag.integer);
    const value = content.reduce((sum, octet) => sum * 256 + octet, 0);
    if (content.length === 0 || value > 0x7fffffff) throw broken("a number is out of range");
    return value;
  }

  /** An OCTET STRING; BER's constructed form is put together. */
  octetString(): Uint8Array {
    if (this.peek() !== (Tag.octetString | 0x20)) return this.read(Tag.octetString).content;
    const parts: Uint8Array[] = [];
    for (const inner = new DerReader(this.any().content); !inner.atEnd; ) parts.push(inner.read(Tag.octetString).content);
    return Buffer.concat(parts);
  }

  /** Throws if anything is left. */
  end(): void {
    if (!this.atEnd) throw broken("more follows after its end");
  }
}

/** The dotted form of an OBJECT IDENTIFIER's content octets (X.690, 8.19). */
export function formatOid(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
      else arcs.push(arc);
      arc = 0;
    }
  }
  return arcs.join(".");
}
