import * as fc from "fast-check";
import forge from "node-forge";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/formats/format-error.ts";
import { writeJks } from "../../scripts/write-jks.ts";
import { type JksEntry, readJks } from "../../src/formats/keystore/jks.ts";
import type { StoreEntry } from "../../src/formats/keystore/entries.ts";
import { readKeystore } from "../../src/formats/keystore/keystore.ts";
import { readPkcs12, writePkcs12 } from "../../src/formats/keystore/pkcs12.ts";
import { decryptRc2Cbc } from "../../src/formats/keystore/pkcs12-rc2.ts";
import { storePassword } from "../support/planted.ts";
import { onlyFormatErrors } from "../support/only-format-errors.ts";
import { keyEntry, labelledBytes, trustedEntry } from "../support/store-entries.ts";

/** Chains and other certificates come from different identities: one that is in a chain is not left over as untrusted. */
const keys = ["ec", "rsa", "deep", "pod"].map((name) => keyEntry(name));
const others = ["kafka", "hdfs", "corp", "foreign-ca"].map((name) => trustedEntry(name));

const alias = fc.string({ unit: "binary", minLength: 1, maxLength: 40 }).map((text) => text.toLowerCase());
const key = fc.tuple(alias, fc.constantFrom(...keys)).map(([own, entry]) => ({ ...entry, alias: own }));
const trusted = fc.tuple(alias, fc.constantFrom(...others)).map(([own, entry]) => ({ ...entry, alias: own }));
const untrusted = fc
  .tuple(fc.constantFrom("", "left over"), fc.constantFrom(...others))
  .map(([own, { certificate }]): StoreEntry => ({ kind: "untrusted", alias: own, certificate }));
const unique = { maxLength: 5, selector: (entry: JksEntry) => entry.alias };
const entries = fc.uniqueArray(fc.oneof(key, trusted), unique);
const password = fc.string({ unit: "grapheme-ascii", maxLength: 20 });
const anyPassword = fc.string({ unit: "grapheme", maxLength: 20 });

/** A PKCS#12 store holds its keys in one part, and certificates in another. */
function keysFirst(all: readonly StoreEntry[]): StoreEntry[] {
  return all.toSorted((a, b) => Number(b.kind === "key") - Number(a.kind === "key"));
}

describe("a keystore is read as it was written", () => {
  it("PKCS#12", () => {
    fc.assert(
      fc.property(entries, fc.array(untrusted, { maxLength: 2 }), password, (known, left, secret) => {
        const all: StoreEntry[] = [...known, ...left];
        const store = writePkcs12(all, { password: secret, bytes: labelledBytes, iterations: 2 });
        expect(readPkcs12(store, secret)).toEqual(keysFirst(all));
        expect(() => readPkcs12(store, `${secret}.`)).toThrow("the password is wrong");
      }),
    );
  });

  it("PKCS#12 without a password", () => {
    fc.assert(
      fc.property(fc.uniqueArray(trusted, unique), (all) => {
        expect(
          readPkcs12(writePkcs12(all, { password: undefined, bytes: labelledBytes, iterations: 1 }), undefined),
        ).toEqual(all);
      }),
    );
  });

  it("JKS", () => {
    fc.assert(
      fc.property(entries, anyPassword, fc.date({ min: new Date(0), noInvalidDate: true }), (all, secret, created) => {
        const store = writeJks(all, { password: secret, created, bytes: labelledBytes });
        expect(readJks(store, secret)).toEqual(all);
        expect(() => readJks(store, `${secret}.`)).toThrow("the password is wrong");
      }),
    );
  });
});

describe("a keystore that is damaged is refused, and nothing else happens", () => {
  const all = [keyEntry("ec"), trustedEntry("kafka")];
  const options = { password: storePassword, bytes: labelledBytes, iterations: 2, created: new Date(0) };
  const stores = {
    pkcs12: writePkcs12(all, options),
    jks: writeJks(all, options),
    "pkcs12 without a password": writePkcs12(all.slice(1), { ...options, password: undefined }),
    "jks without a key": writeJks(all.slice(1), options),
  };

  it.for(Object.entries(stores))("%s, cut off anywhere", ([, store]) => {
    for (let length = 0; length < store.length; length += 1) {
      expect(() => readKeystore(store.subarray(0, length), storePassword)).toThrow(FormatError);
      expect(() => readKeystore(store.subarray(0, length), undefined)).toThrow(FormatError);
    }
  });

  it.for(["pkcs12", "jks"] as const)("%s, with one bit changed, does not pass with its password", (format) => {
    const store = stores[format];
    fc.assert(
      fc.property(fc.nat(store.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(store);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const read = onlyFormatErrors(() => readKeystore(changed, storePassword));
        // What is not under the MAC may change: the encoding of the PFX around it. What is read may not.
        expect([undefined, readKeystore(store, storePassword)]).toContainEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  it.for(Object.entries(stores))("%s, with some octets changed and no password", ([, store]) => {
    const change = fc.record({ at: fc.nat(store.length - 1), octet: fc.nat(255) });
    const property = fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const changed = Buffer.from(store);
      for (const { at, octet } of changes) changed[at] = octet;
      onlyFormatErrors(() => readKeystore(changed, undefined));
    });
    expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow();
  });
});

it("RC2 decrypts what node-forge encrypts", () => {
  const octets = (constraints: fc.IntArrayConstraints) => fc.uint8Array(constraints).map((array) => Buffer.from(array));
  const secrets = fc.oneof(octets({ minLength: 5, maxLength: 5 }), octets({ minLength: 16, maxLength: 16 }));
  fc.assert(
    fc.property(secrets, octets({ minLength: 8, maxLength: 8 }), octets({ maxLength: 60 }), (secret, iv, plain) => {
      const cipher = forge.rc2.createEncryptionCipher(secret.toString("latin1"), secret.length * 8);
      cipher.start(iv.toString("latin1"));
      cipher.update(forge.util.createBuffer(plain.toString("latin1")));
      cipher.finish();
      expect(decryptRc2Cbc(secret, iv, Buffer.from(cipher.output.getBytes(), "latin1"))).toEqual(plain);
    }),
  );
});
