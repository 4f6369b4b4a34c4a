import { createHash } from "node:crypto";
import { BinaryReader, jksMagic } from "./jks-binary.ts";
import { recoverKey } from "./jks-key.ts";
import { FormatError } from "../format-error.ts";
import type { KeyEntry, TrustedEntry } from "./entries.ts";

const keyTag = 1;
const trustedTag = 2;
const digestLength = 20;
/** Sun's JavaKeyStore mixes this into the digest. */
const whitener = "Mighty Aphrodite";

export type JksEntry = KeyEntry | TrustedEntry;

function digest(password: string, content: Uint8Array): Buffer {
  return createHash("sha1")
    .update(Buffer.from(password, "utf16le").swap16())
    .update(whitener, "utf8")
    .update(content)
    .digest();
}

function readCertificate(store: BinaryReader, version: number): Uint8Array {
  if (version === 2) {
    const type = store.text();
    if (type !== "X.509") {
      throw new FormatError(
        `the keystore holds a certificate of the type ${JSON.stringify(type)}`,
        "keep only X.509 certificates in it",
      );
    }
  }
  return store.bytes(store.uint32());
}

/** Reads an entry. The result decrypts it: verify the integrity of the store first. */
function readEntry(store: BinaryReader, version: number, password: string | undefined): () => JksEntry {
  const tag = store.uint32();
  const alias = store.text().toLowerCase();
  store.skip(8); // the date of its creation
  if (tag === trustedTag) {
    const certificate = readCertificate(store, version);
    return () => ({ kind: "trusted", alias, certificate });
  }
  if (tag !== keyTag) {
    throw new FormatError(
      `the keystore is damaged: there is no entry of the kind ${tag}`,
      "copy the keystore again, in binary",
    );
  }
  const protectedKey = store.bytes(store.uint32());
  const chainLength = store.uint32();
  const chain: Uint8Array[] = [];
  for (let i = 0; i < chainLength; i += 1) chain.push(readCertificate(store, version));
  return () => {
    if (password === undefined) {
      throw new FormatError(
        `the keystore's key ${alias} is encrypted and there is no password`,
        "give the keystore's password",
      );
    }
    return { kind: "key", alias, pkcs8: recoverKey(protectedKey, password, alias), chain };
  };
}

/**
 * Reads Sun's JKS format (JDK: sun.security.provider.JavaKeyStore). With a password its integrity is verified and its keys
 * are decrypted; without one, only a store of trusted certificates can be read. Bytes behind its end are passed over, as there.
 * @throws FormatError if it is damaged, or the password is wrong, or is missing and there is a key
 */
export function readJks(bytes: Uint8Array, password: string | undefined): JksEntry[] {
  const store = new BinaryReader(bytes);
  if (store.uint32() !== jksMagic) throw new FormatError("not a JKS keystore", "put a JKS keystore there");
  const version = store.uint32();
  if (version !== 1 && version !== 2) {
    throw new FormatError(`the JKS keystore has the unknown version ${version}`, "copy the keystore again, in binary");
  }
  const count = store.uint32();
  const read: (() => JksEntry)[] = [];
  for (let i = 0; i < count; i += 1) read.push(readEntry(store, version, password));
  const content = bytes.subarray(0, store.offset);
  const written = store.bytes(digestLength);
  if (password !== undefined && !digest(password, content).equals(written)) {
    throw new FormatError(
      "the password is wrong for this keystore, or the keystore is damaged",
      "check the keystore's password",
    );
  }
  return [...new Map(read.map((decrypt) => decrypt()).map((entry) => [entry.alias, entry])).values()];
}
