import { DerReader, Tag } from "../x509/der.ts";
import { derKind } from "../x509/der-kind.ts";
import {
  der,
  derBmpString,
  derInteger,
  derOctetString,
  derOid,
  type DerPart,
  derSequence,
  derSet,
  type DerTree,
  derTree,
} from "../x509/der-write.ts";
import { FormatError } from "../format-error.ts";
import type { KeyEntry, StoreEntry } from "./entries.ts";
import { collectEntries } from "./pkcs12-entries.ts";
import { decryptPbe, encryptPbes2 } from "./pkcs12-encryption.ts";
import { verifyMac, writeMac } from "./pkcs12-mac.ts";
import { Oid } from "./pkcs12-oids.ts";
import { readSafeBag, type SafeBag } from "./pkcs12-bags.ts";

/** JDK 11 to 21 open nothing with another password ("Password is not ASCII"). */
const javaPassword = /^[ -~]*$/;

function noPassword(): FormatError {
  return new FormatError("the keystore is encrypted and there is no password", "give the keystore's password");
}

/** One ContentInfo of the AuthenticatedSafe, decrypted: an encoded SafeContents (RFC 7292, 4.1). */
function openSafe(contentInfo: DerReader, password: string | undefined): Uint8Array {
  const type = contentInfo.oid();
  const content = contentInfo.enter(0xa0);
  if (type === Oid.data) return content.octetString();
  if (type !== Oid.encryptedData) {
    throw new FormatError(
      `the keystore has a part of the unsupported type ${type}`,
      "make the keystore again with keytool or openssl",
    );
  }
  if (password === undefined) throw noPassword();
  const encryptedData = content.enter();
  encryptedData.integer();
  const encrypted = encryptedData.enter();
  encrypted.oid();
  const algorithm = encrypted.enter();
  // [0] IMPLICIT OCTET STRING; BER's constructed form holds its parts.
  const primitive = encrypted.optional(0x80)?.content;
  if (primitive !== undefined) return decryptPbe(algorithm, primitive, password);
  const parts: Uint8Array[] = [];
  for (const inner = encrypted.enter(0xa0); !inner.atEnd;) parts.push(inner.octetString());
  return decryptPbe(algorithm, Buffer.concat(parts), password);
}

function readBags(authenticatedSafe: Uint8Array, password: string | undefined): SafeBag[] {
  const bags: SafeBag[] = [];
  for (const safes = new DerReader(authenticatedSafe).enter(); !safes.atEnd;) {
    for (const safe = new DerReader(openSafe(safes.enter(), password)).enter(); !safe.atEnd;) {
      const bag = readSafeBag(safe.enter(), password);
      if (bag !== undefined) bags.push(bag);
    }
  }
  return bags;
}

/**
 * Reads a PKCS#12 store (RFC 7292) and sees in it what the JDK's KeyStore sees. With a password its integrity is verified;
 * without one, only a store that is not encrypted can be read. Reads PBES2, and the RC2 and 3DES of old stores.
 * @throws FormatError if it is damaged or not a store, or the password is wrong, or is missing and needed
 */
export function readPkcs12(bytes: Uint8Array, password: string | undefined): StoreEntry[] {
  // Java reads the first value of the file, and nothing behind it (PKCS12KeyStore).
  const pfx = new DerReader(bytes).enter();
  if (derKind(bytes) !== "pkcs12") throw new FormatError("not a PKCS#12 keystore", "put a PKCS#12 keystore there");
  pfx.integer();
  const authSafe = pfx.enter();
  if (authSafe.oid() !== Oid.data) {
    throw new FormatError(
      "the keystore is signed instead of protected by a password",
      "make the keystore again with a password",
    );
  }
  if (password !== undefined && !javaPassword.test(password)) {
    throw new FormatError(
      "the keystore's password has characters that Java does not take: it takes printable ASCII",
      "give the keystore another password, with: keytool -storepasswd",
    );
  }
  const authenticatedSafe = authSafe.enter(0xa0).octetString();
  if (!pfx.atEnd && password !== undefined) verifyMac(pfx.enter(), authenticatedSafe, password);
  return collectEntries(readBags(authenticatedSafe, password));
}

export interface Pkcs12Options {
  /** Undefined: neither encryption nor MAC, as the JDK's own cacerts; then there can be no key. */
  readonly password: string | undefined;
  /** Salts and IVs: random octets, the same for the same label. */
  readonly bytes: (label: string, length: number) => Uint8Array;
  /** Rounds of key derivation: 10,000 is the JDK's default for a person's password; for 256 random bits one would do. */
  readonly iterations: number;
}

/** Encoded once: a truststore has the same few in each of its bags. */
const constant = {
  data: derOid(Oid.data),
  certBag: derOid(Oid.certBag),
  shroudedKeyBag: derOid(Oid.shroudedKeyBag),
  x509Certificate: derOid(Oid.x509Certificate),
  friendlyName: derOid(Oid.friendlyName),
  localKeyId: derOid(Oid.localKeyId),
  trusted: derSequence(derOid(Oid.trustedKeyUsage), derSet(derOid(Oid.anyExtendedKeyUsage))),
};

function safeBag(type: Uint8Array, value: DerPart, attributes: readonly DerPart[]): DerTree {
  const set = attributes.length === 0 ? [] : [derTree(Tag.set, ...attributes.toSorted(inOrder))];
  return derTree(Tag.sequence, type, explicit(value), ...set);
}

/** A SET OF's (X.690, 11.6). Of two sequences the longer one's length octets are the greater ones. */
function inOrder(one: DerPart, other: DerPart): number {
  return one.length - other.length || Buffer.compare(der(Tag.sequence, one), der(Tag.sequence, other));
}

function explicit(value: DerPart): DerTree {
  return derTree(0xa0, value);
}

function certBag(certificate: Uint8Array, attributes: readonly DerPart[]): DerTree {
  const octets = explicit(derTree(Tag.octetString, certificate));
  return safeBag(constant.certBag, derTree(Tag.sequence, constant.x509Certificate, octets), attributes);
}

function friendlyName(alias: string): DerTree {
  return derTree(Tag.sequence, constant.friendlyName, derTree(Tag.set, derBmpString(alias)));
}

function localKeyId(id: Uint8Array): DerTree {
  return derTree(Tag.sequence, constant.localKeyId, derTree(Tag.set, derOctetString(id)));
}

function keyBag({ alias, pkcs8 }: KeyEntry, id: Uint8Array, { password, bytes, iterations }: Pkcs12Options): DerTree {
  if (password === undefined) {
    throw new RangeError(`key ${alias} needs a password: Java reads no key that is not encrypted`);
  }
  const salt = bytes(`pkcs12/${alias}/salt`, 16);
  const iv = bytes(`pkcs12/${alias}/iv`, 16);
  return safeBag(constant.shroudedKeyBag, encryptPbes2(pkcs8, { password, salt, iv, iterations }), [
    friendlyName(alias),
    localKeyId(id),
  ]);
}

function bagsOf(entry: StoreEntry, index: number, options: Pkcs12Options): { key?: DerTree; certificates: DerTree[] } {
  const name = entry.alias === "" ? [] : [friendlyName(entry.alias)];
  if (entry.kind === "trusted") return { certificates: [certBag(entry.certificate, [...name, constant.trusted])] };
  if (entry.kind === "untrusted") return { certificates: [certBag(entry.certificate, name)] };
  const id = Buffer.from(String(index + 1));
  const certificates = entry.chain.map((certificate, position) =>
    certBag(certificate, position === 0 ? [...name, localKeyId(id)] : []),
  );
  return { key: keyBag(entry, id, options), certificates };
}

function dataContent(content: DerPart): DerTree {
  return derTree(Tag.sequence, constant.data, explicit(derTree(Tag.octetString, content)));
}

/**
 * Writes a PKCS#12 store that {@link readPkcs12}, OpenSSL and every JDK from 11 read. Keys are encrypted (PBES2, AES-256-CBC), certificates
 * are not: they are public, and the MAC protects them. The same entries and octets give the same store.
 * @throws RangeError for two entries with one alias, for a key without a password, and for a password that is not printable ASCII
 */
export function writePkcs12(entries: readonly StoreEntry[], options: Pkcs12Options): Uint8Array {
  const named = entries.filter(({ kind }) => kind !== "untrusted").map(({ alias }) => alias.toLowerCase());
  const twice = named.find((alias, index) => named.indexOf(alias) !== index);
  if (twice !== undefined) throw new RangeError(`two entries have the alias ${twice}`);
  if (!javaPassword.test(options.password ?? "")) throw new RangeError("the password is not printable ASCII");
  const bags = entries.map((entry, index) => bagsOf(entry, index, options));
  const safes = [
    bags.flatMap(({ key }) => (key === undefined ? [] : [key])),
    bags.flatMap(({ certificates }) => certificates),
  ];
  const authenticatedSafe = derSequence(
    ...safes.filter((safe) => safe.length > 0).map((safe) => dataContent(derTree(Tag.sequence, ...safe))),
  );
  const { password, bytes, iterations } = options;
  const mac =
    password === undefined ? [] : [writeMac(authenticatedSafe, password, bytes("pkcs12/mac/salt", 16), iterations)];
  return derSequence(derInteger(3), dataContent(authenticatedSafe), ...mac);
}
