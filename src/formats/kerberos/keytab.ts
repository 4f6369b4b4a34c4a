import { FormatError } from "../format-error.ts";

/** One entry of a keytab, without its key. */
export interface KeytabEntry {
  /** `flink@CORP.EXAMPLE`, `kafka/host.corp.example@CORP.EXAMPLE`. */
  readonly principal: string;
  readonly realm: string;
  /** Key version number. */
  readonly kvno: number;
  /** As IANA numbers them: 17 and 18 are AES, see {@link encryptionTypeName}. */
  readonly encryptionType: number;
  /** Of the key, in bytes. */
  readonly keySize: number;
  /** UTC; when the key was written into the keytab. */
  readonly written: Date;
}

const names: Readonly<Record<number, string>> = {
  1: "des-cbc-crc",
  3: "des-cbc-md5",
  16: "des3-cbc-sha1",
  17: "aes128-cts-hmac-sha1-96",
  18: "aes256-cts-hmac-sha1-96",
  19: "aes128-cts-hmac-sha256-128",
  20: "aes256-cts-hmac-sha384-192",
  23: "rc4-hmac",
};

/** As krb5.conf names it; for an unknown one its number. */
export function encryptionTypeName(type: number): string {
  return names[type] ?? `encryption type ${type}`;
}

/** The same with its key. */
export interface KeytabKey extends KeytabEntry {
  readonly key: Uint8Array;
}

/**
 * Reads MIT's keytab format, version 2 (`05 02`, big-endian), without the keys.
 * @throws FormatError for other versions, other files, and one that ends too early
 */
export function readKeytab(bytes: Uint8Array): readonly KeytabEntry[] {
  return readKeytabKeys(bytes).map(({ key: _key, ...entry }) => entry);
}

/** Reads a keytab with its keys, to log in with them. Throws as {@link readKeytab}. */
export function readKeytabKeys(bytes: Uint8Array): readonly KeytabKey[] {
  checkVersion(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: KeytabKey[] = [];
  for (let at = 2; at + 4 <= bytes.length;) {
    const size = view.getInt32(at);
    at += 4;
    if (size === 0) break;
    const length = Math.abs(size);
    if (at + length > bytes.length) throw truncated(bytes.length);
    // A removed entry leaves a hole of negative size.
    if (size > 0) entries.push(readEntry(bytes.subarray(at, at + length)));
    at += length;
  }
  return entries;
}

function checkVersion(bytes: Uint8Array): void {
  if (bytes[0] === 5 && bytes[1] === 2) return;
  if (bytes[0] === 5 && bytes[1] === 1) {
    throw new FormatError("a keytab of version 1, which Java does not read", "write it again with ktutil or kadmin");
  }
  throw new FormatError("this is not a keytab", "write it with kadmin's ktadd, or with ktutil, and mount it as it is");
}

function truncated(length: number): FormatError {
  return new FormatError(
    `the keytab ends after ${length} bytes, in the middle of an entry`,
    "copy it again, as a binary file",
  );
}

function readEntry(bytes: Uint8Array): KeytabKey {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): number => {
    if (at + length > bytes.length) {
      throw new FormatError("an entry of the keytab is shorter than its length field", "write the keytab again");
    }
    at += length;
    return at - length;
  };
  const text = (): string => {
    const length = view.getUint16(take(2));
    const start = take(length);
    return new TextDecoder().decode(bytes.subarray(start, start + length));
  };
  const count = view.getUint16(take(2));
  const realm = text();
  const components = Array.from({ length: count }, text);
  take(4);
  const written = new Date(view.getUint32(take(4)) * 1000);
  const shortKvno = view.getUint8(take(1));
  const encryptionType = view.getUint16(take(2));
  const keySize = view.getUint16(take(2));
  const keyAt = take(keySize);
  const key = bytes.subarray(keyAt, keyAt + keySize);
  // A byte is too small for principals whose key changes often; MIT appends four, and 0 means that the byte counts.
  const longKvno = at + 4 <= bytes.length ? view.getUint32(take(4)) : 0;
  const kvno = longKvno === 0 ? shortKvno : longKvno;
  return { principal: `${components.join("/")}@${realm}`, realm, kvno, encryptionType, keySize, written, key };
}
