import { FormatError } from "../format-error.ts";

/** The first four octets of a JKS store. */
export const jksMagic = 0xfeedfeed;

function damaged(what: string): FormatError {
  return new FormatError(`the keystore is damaged: ${what}`, "copy the keystore again, in binary");
}

const ascii = /^[\0-\x7f]*$/;

/** Java's modified UTF-8 is CESU-8, with NUL as two octets (java.io.DataInput). */
function decodeModifiedUtf8(bytes: Uint8Array): string {
  const units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i] ?? 0;
    const second = (bytes[i + 1] ?? 0) & 0x3f;
    const third = (bytes[i + 2] ?? 0) & 0x3f;
    if (first < 0x80) units.push(first);
    else if (first < 0xe0) units.push(((first & 0x1f) << 6) | second);
    else units.push(((first & 0x0f) << 12) | (second << 6) | third);
    i += first < 0x80 ? 1 : first < 0xe0 ? 2 : 3;
  }
  return units.map((unit) => String.fromCharCode(unit)).join("");
}

/** Reads what java.io.DataOutputStream wrote. Throws a FormatError at an early end. */
export class BinaryReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Moves over octets, and returns where they begin. */
  skip(length: number): number {
    const from = this.#at;
    if (length > this.#bytes.length - from) throw damaged("it is cut off");
    this.#at = from + length;
    return from;
  }

  bytes(length: number): Uint8Array {
    const from = this.skip(length);
    return this.#bytes.subarray(from, this.#at);
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.skip(4));
  }

  text(): string {
    const length = this.#bytes.readUInt16BE(this.skip(2));
    const from = this.skip(length);
    const latin1 = this.#bytes.toString("latin1", from, this.#at);
    return ascii.test(latin1) ? latin1 : decodeModifiedUtf8(this.#bytes.subarray(from, this.#at));
  }

  /** How many octets have been read. */
  get offset(): number {
    return this.#at;
  }
}
