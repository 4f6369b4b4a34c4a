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

const maxDepth = 32;

function broken(what: string): FormatError {
  return new FormatError(`ASN.1 data is broken: ${what}`, "copy the file again, in binary: it is cut off or was changed on the way");
}

/** One encoded value. `bytes` and `content` are views, not copies. */
export class DerValue {
  readonly tag: number;
  readonly source: Uint8Array;
  readonly #start: number;
  readonly #contentStart: number;
  readonly #contentEnd: number;
  readonly #end: number;

  constructor(source: Uint8Array, start: number, contentStart: number, contentEnd: number, end: number) {
    this.tag = source[start] ?? 0;
    this.source = source;
    this.#start = start;
    this.#contentStart = contentStart;
    this.#contentEnd = contentEnd;
    this.#end = end;
  }

  /** Tag, length and content. */
  get bytes(): Uint8Array {
    return this.source.subarray(this.#start, this.#end);
  }

  get content(): Uint8Array {
    return this.source.subarray(this.#contentStart, this.#contentEnd);
  }

  /** Reads the values inside. */
  inside(): DerReader {
    return new DerReader(this.source, this.#contentStart, this.#contentEnd);
  }
}

/** Reads DER values one after the other, and BER's indefinite lengths. All methods throw a FormatError for anything unexpected. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** The tag of the next value; undefined at the end. */
  peek(): number | undefined {
    return this.atEnd ? undefined : this.#bytes[this.#at];
  }

  /** The next value, whatever its type. */
  any(): DerValue {
    const start = this.#at;
    const length = this.#header();
    const contentStart = this.#at;
    const contentEnd = length < 0 ? this.#findEndOfContents(0) : contentStart + length;
    const end = length < 0 ? contentEnd + 2 : contentEnd;
    if (end > this.#end) throw broken("it is cut off");
    this.#at = end;
    return new DerValue(this.#bytes, start, contentStart, contentEnd, end);
  }

  /** Moves over tag and length, and returns the length; -1 if it is indefinite. */
  #header(): number {
    const tag = this.#octet();
    if ((tag & 0x1f) === 0x1f) throw broken("a tag is out of place");
    const first = this.#octet();
    if (first < 0x80) return first;
    if (first === 0x80) return -1;
    if (first > 0x84) throw broken("a length is out of range");
    let length = 0;
    for (let left = first & 0x7f; left > 0; left -= 1) length = length * 256 + this.#octet();
    return length;
  }

  #octet(): number {
    const octet = this.atEnd ? undefined : this.#bytes[this.#at];
    if (octet === undefined) throw broken("it is cut off");
    this.#at += 1;
    return octet;
  }

  /** BER's indefinite length (X.690, 8.1.3.6), which BouncyCastle and macOS write: where its closing two zero octets are. */
  #findEndOfContents(depth: number): number {
    if (depth > maxDepth) throw broken("it is nested too deeply");
    for (;;) {
      const at = this.#at;
      const length = this.#header();
      if (length === 0 && this.#bytes[at] === 0) return at;
      if (length >= 0) this.#at += length;
      else this.#at = this.#findEndOfContents(depth + 1) + 2;
    }
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
    return this.read(tag).inside();
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
    for (const inner = this.any().inside(); !inner.atEnd; ) parts.push(inner.read(Tag.octetString).content);
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
