/** A key of a keytab to be written. */
export interface KeytabKey {
  /** `kafka/host@CORP`. */
  readonly principal: string;
  readonly kvno: number;
  readonly encryptionType: number;
  /** Zeros if it is not given. */
  readonly key?: Uint8Array;
  /** Seconds since 1970. */
  readonly written?: number;
  /** Without the four bytes that MIT appends. */
  readonly shortKvnoOnly?: boolean;
  /** Bytes of a removed entry in front of it. */
  readonly hole?: number;
}

/** Keytab version 2, as MIT's library writes it. */
export function writeKeytab(keys: readonly KeytabKey[]): Buffer {
  return Buffer.concat([Buffer.from([5, 2]), ...keys.flatMap((key) => [hole(key.hole), entry(key)])]);
}

function hole(length = 0): Buffer {
  return length === 0 ? Buffer.alloc(0) : Buffer.concat([i32(-length), Buffer.alloc(length, 0xee)]);
}

function entry(keytabKey: KeytabKey): Buffer {
  const { principal, kvno, encryptionType, written = 1_700_000_000, shortKvnoOnly = false } = keytabKey;
  const { key = Buffer.alloc(keyLengths[encryptionType] ?? 8) } = keytabKey;
  const at = principal.lastIndexOf("@");
  const components = principal.slice(0, at).split("/");
  const body = Buffer.concat([
    u16(components.length),
    counted(principal.slice(at + 1)),
    ...components.map(counted),
    i32(1),
    u32(written),
    Buffer.from([kvno & 0xff]),
    u16(encryptionType),
    u16(key.length),
    key,
    shortKvnoOnly ? Buffer.alloc(0) : u32(kvno),
  ]);
  return Buffer.concat([i32(body.length), body]);
}

const keyLengths: Readonly<Record<number, number>> = { 16: 24, 17: 16, 18: 32, 19: 16, 20: 32, 23: 16 };

function counted(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([u16(bytes.length), bytes]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function i32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/**
 * The keytab of a golden case: a line `@keytab`, perhaps with `base64` or `cut` behind it, and then one line for each principal
 * with its version and the numbers of its key types: `flink@CORP.EXAMPLE 3 18,17`. A type may have a size: `18:16`. A blank in a
 * principal is `\\u0020`.
 */
export function keytabOf(text: string): Buffer {
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const keys = lines.flatMap((line) => {
    const [escaped = "", kvno, types = ""] = line.split(" ");
    const principal = escaped.replaceAll("\\u0020", " ");
    return types.split(",").map((type): KeytabKey => {
      const [encryptionType, size] = type.split(":").map(Number);
      const key = size === undefined ? {} : { key: Buffer.alloc(size) };
      return { principal, kvno: Number(kvno), encryptionType: encryptionType ?? 0, ...key };
    });
  });
  const whole = writeKeytab(keys);
  if (head === "@keytab base64") return Buffer.from(`${whole.toString("base64")}\n`);
  return head === "@keytab cut" ? whole.subarray(0, -9) : whole;
}
