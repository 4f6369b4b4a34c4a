import { FormatError } from "./format-error.ts";

/** A field of a protobuf message: its number, and a number or bytes. */
export type Field = readonly [number: number, value: number | Uint8Array];

/** Writes varints and length-delimited fields, one after the other. Numbers are 0 to 2^31-1. */
export function writeFields(...fields: readonly Field[]): Buffer {
  const parts = fields.flatMap(([number, value]) =>
    typeof value === "number"
      ? [varint(number * 8), varint(value)]
      : [varint(number * 8 + 2), varint(value.length), value],
  );
  return Buffer.concat(parts);
}

/** A message with its length in front. */
export function delimited(message: Uint8Array): Buffer {
  return Buffer.concat([varint(message.length), message]);
}

/** sint32, as zigzag has it. */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function varint(value: number): Buffer {
  const octets: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) octets.push((rest % 128) + 128);
  return Buffer.from([...octets, rest]);
}

/** Reads messages that have their length in front, one after the other. */
export class ProtobufReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Modulo 2^53: what is negative has ten octets, and is not wanted here. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const octet = this.#bytes[this.#at++];
      if (octet === undefined) break;
      value += (octet & 0x7f) * 2 ** shift;
      if (octet < 0x80) return value;
    }
    throw broken();
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw broken();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** The fields of the next message, by number, in their order. */
  message(): Message {
    return new ProtobufReader(this.take(this.varint())).fields();
  }

  /** All fields until the end. */
  fields(): Message {
    const numbers = new Map<number, number>();
    const bytes = new Map<number, Uint8Array[]>();
    while (!this.atEnd) {
      const key = this.varint();
      const number = Math.floor(key / 8);
      if (key % 8 === 0) numbers.set(number, this.varint());
      else if (key % 8 === 2) bytes.set(number, [...(bytes.get(number) ?? []), this.take(this.varint())]);
      else throw broken();
    }
    return { numbers, bytes };
  }
}

/** What a message says. */
export interface Message {
  readonly numbers: ReadonlyMap<number, number>;
  readonly bytes: ReadonlyMap<number, readonly Uint8Array[]>;
}

function broken(): FormatError {
  return new FormatError("the server did not answer with Hadoop RPC", "name a NameNode's host and RPC port");
}
