import { DerReader, Tag } from "../x509/der.ts";
import { FormatError } from "../format-error.ts";
import { decryptPbe } from "./pkcs12-encryption.ts";
import { Oid } from "./pkcs12-oids.ts";

/** A key or a certificate of a store, with the attributes that the JDK looks at. */
export interface SafeBag {
  readonly kind: "key" | "certificate";
  /** PKCS#8, or an X.509 certificate; DER. */
  readonly value: Uint8Array;
  readonly friendlyName: string | undefined;
  /** Hex. */
  readonly localKeyId: string | undefined;
  readonly isTrusted: boolean;
}

type Attributes = Omit<SafeBag, "kind" | "value">;

function readAttributes(set: DerReader | undefined): Attributes {
  let friendlyName: string | undefined;
  let localKeyId: string | undefined;
  let isTrusted = false;
  while (set !== undefined && !set.atEnd) {
    const attribute = set.enter();
    const oid = attribute.oid();
    const values = attribute.enter(Tag.set);
    if (oid === Oid.trustedKeyUsage) isTrusted = true;
    if (oid === Oid.localKeyId) localKeyId = Buffer.from(values.octetString()).toString("hex");
    if (oid === Oid.friendlyName) {
      const name = values.read(Tag.bmpString).content;
      if (name.length % 2 !== 0) {
        throw new FormatError("the keystore is damaged: a name is cut off", "copy the keystore again, in binary");
      }
      friendlyName = Buffer.from(name).swap16().toString("utf16le");
    }
  }
  return { friendlyName, localKeyId, isTrusted };
}

function readKey(encrypted: DerReader, password: string | undefined): Uint8Array {
  if (password === undefined) {
    throw new FormatError("the keystore's key is encrypted and there is no password", "give the keystore's password");
  }
  const algorithm = encrypted.enter();
  const data = encrypted.octetString();
  const pkcs8 = decryptPbe(algorithm, data, password);
  // Decrypted with a wrong password, the padding can still look right.
  return new DerReader(pkcs8).read(Tag.sequence).bytes;
}

/** One SafeBag (RFC 7292, 4.2). Undefined for the kinds that Java passes over: CRLs, secrets and keys that are not encrypted. */
export function readSafeBag(bag: DerReader, password: string | undefined): SafeBag | undefined {
  const type = bag.oid();
  const value = bag.enter(0xa0);
  const attributes = readAttributes(bag.peek() === Tag.set ? bag.enter(Tag.set) : undefined);
  if (type === Oid.shroudedKeyBag) return { kind: "key", value: readKey(value.enter(), password), ...attributes };
  if (type !== Oid.certBag) return undefined;
  const certBag = value.enter();
  if (certBag.oid() !== Oid.x509Certificate) return undefined;
  return { kind: "certificate", value: certBag.enter(0xa0).octetString(), ...attributes };
}
