import { FormatError } from "../format-error.ts";

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
  return new FormatError(
    `ASN.1 data is broken: ${what}`,
    "check that it is the right file and was copied whole, in binary",
  );
}

/** One encoded value. `bytes` and `content` are views, not copies. */
export class DerValue {
  readonly tag: number;
  readonly #source: Buffer;
  readonly #start: number;
  readonly #contentStart: number;
  readonly #contentEnd: number;
  readonly #end: number;

  constructor(source: Buffer, start: number, contentStart: number, contentEnd: number, end: number) {
    this.tag = source[start] ?? 0;
    this.#source = source;
    this.#start = start;
    this.#contentStart = contentStart;
    this.#contentEnd = contentEnd;
    this.#end = end;
  }

  /** Tag, length and content. */
  get bytes(): Buffer {
    return this.#source.subarray(this.#start, this.#end);
  }

  get content(): Buffer {
    return this.#source.subarray(this.#contentStart, this.#contentEnd);
  }

  /** Octets of content. A view costs more than all else that is done with most values. */
  get size(): number {
    return this.#contentEnd - this.#contentStart;
  }

  /** The content's first octet; undefined where there is none. */
  get firstOctet(): number | undefined {
    return this.size === 0 ? undefined : this.#source[this.#contentStart];
  }

  /** Whether both are encoded alike. */
  equals(other: DerValue): boolean {
    return this.#source.compare(other.#source, other.#start, other.#end, this.#start, this.#end) === 0;
  }

  /** The content as text. */
  text(encoding: "latin1" | "utf8"): string {
    return this.#source.toString(encoding, this.#contentStart, this.#contentEnd);
  }

  /** Reads the values inside. */
  inside(): DerReader {
    return new DerReader(this.#source, this.#contentStart, this.#contentEnd);
  }
}

/** Reads DER values one after the other, and BER's indefinite lengths. All methods throw a FormatError for anything unexpected. */
export class DerReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;
  #contentStart = 0;
  #contentEnd = 0;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
    this.#next();
    return new DerValue(this.#bytes, start, this.#contentStart, this.#contentEnd, this.#at);
  }

  /** Moves behind the next value and notes where its content is. */
  #next(): void {
    const length = this.#header();
    this.#contentStart = this.#at;
    this.#contentEnd = length < 0 ? this.#findEndOfContents(0) : this.#at + length;
    this.#at = length < 0 ? this.#contentEnd + 2 : this.#contentEnd;
    if (this.#at > this.#end) throw broken("it is cut off");
  }

  /** Moves over tag and length, and returns the length; -1 if it is indefinite. */
  #header(): number {
    const at = this.#at;
    const first = this.#bytes[at + 1];
    if (first === undefined || at + 2 > this.#end) throw broken("it is cut off");
    if (((this.#bytes[at] ?? 0) & 0x1f) === 0x1f) throw broken("a tag is out of place");
    this.#at = at + 2;
    if (first < 0x80) return first;
    if (first === 0x80) return -1;
    const count = first & 0x7f;
    if (count > 4) throw broken("a length is out of range");
    this.#at += count;
    if (this.#at > this.#end) throw broken("it is cut off");
    let length = 0;
    for (let index = at + 2; index < this.#at; index++) length = length * 256 + (this.#bytes[index] ?? 0);
    return length;
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
    this.#expect(tag);
    return this.any();
  }

  #expect(tag: number): void {
    if (this.#bytes[this.#at] === tag && this.#at < this.#end) return;
    throw broken(this.atEnd ? "a value is missing" : "a value has another type than expected");
  }

  optional(tag: number): DerValue | undefined {
    return this.#bytes[this.#at] === tag && this.#at < this.#end ? this.any() : undefined;
  }

  /** Enters the next value, which must be constructed: a SEQUENCE unless told otherwise. */
  enter(tag: number = Tag.sequence): DerReader {
    this.#expect(tag);
    this.#next();
    return new DerReader(this.#bytes, this.#contentStart, this.#contentEnd);
  }

  /** An OBJECT IDENTIFIER, dotted. */
  oid(): string {
    const value = this.read(Tag.oid);
    const octets = value.text("latin1");
    const dotted = knownOids.get(octets) ?? formatOid(value.content);
    knownOids.set(octets, dotted);
    return dotted;
  }

  /** A non-negative INTEGER of at most 31 bits. */
  integer(): number {
    const { content } = this.read(Tag.integer);
    const value = content.reduce((sum, octet) => sum * 256 + octet, 0);
    const isNegative = ((content[0] ?? 0x80) & 0x80) !== 0;
    if (isNegative || value > 0x7fffffff) throw broken("a number is out of range");
    return value;
  }

  /** An OCTET STRING; BER's constructed form is put together. */
  octetString(): Buffer {
    if (this.peek() !== (Tag.octetString | 0x20)) return this.read(Tag.octetString).content;
    const parts: Uint8Array[] = [];
    for (const inner = this.any().inside(); !inner.atEnd;) parts.push(inner.read(Tag.octetString).content);
    return Buffer.concat(parts);
  }

  /** Throws if anything is left. */
  end(): void {
    if (!this.atEnd) throw broken("more follows after its end");
  }
}

/** A root store names the same few thousands of times. */
const knownOids = new Map<string, string>();

/** The dotted form of an OBJECT IDENTIFIER's content octets (X.690, 8.19). */
function formatOid(content: Uint8Array): string {
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
