import forge from "node-forge";
import { describe, expect, it } from "vitest";
import { derInteger, derNull, derOctetString, derOid, derSequence } from "../../../../src/formats/x509/der-write.ts";
import { FormatError } from "../../../../src/formats/format-error.ts";
import type { StoreEntry } from "../../../../src/formats/keystore/entries.ts";
import { readPkcs12, writePkcs12 } from "../../../../src/formats/keystore/pkcs12.ts";
import { decryptPbe } from "../../../../src/formats/keystore/pkcs12-encryption.ts";
import { writePem } from "../../../../src/formats/x509/pem.ts";
import { decryptRc2Cbc } from "../../../../src/formats/keystore/pkcs12-rc2.ts";
import { DerReader } from "../../../../src/formats/x509/der.ts";
import { readPrivateKey } from "../../../../src/formats/x509/private-key.ts";
import { identity } from "../../../support/identities.ts";
import { storePassword as password } from "../../../support/planted.ts";
import { keyEntry, labelledBytes, trustedEntry } from "../../../support/store-entries.ts";

const options = { password, bytes: labelledBytes, iterations: 10 };
const certificateOf = (name: string): Uint8Array => identity(name).certificate.der;

describe("writePkcs12", () => {
  it("gives the same store for the same octets, and another one for others", () => {
    const entries = [keyEntry("ec"), trustedEntry("ca")];
    const store = writePkcs12(entries, options);
    expect(writePkcs12(entries, options)).toEqual(store);
    const other = writePkcs12(entries, {
      ...options,
      bytes: (label, length) => labelledBytes(`other ${label}`, length),
    });
    expect(other).not.toEqual(store);
    expect(readPkcs12(other, password)).toEqual(entries);
  });

  it("asks for its octets by labels that differ", () => {
    const labels: string[] = [];
    const record = (label: string, length: number) => {
      labels.push(label);
      return labelledBytes(label, length);
    };
    writePkcs12([keyEntry("ec"), keyEntry("rsa"), trustedEntry("ca")], { ...options, bytes: record });
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toHaveLength(5);
  });

  it("needs no octets where nothing is encrypted", () => {
    const none = () => {
      throw new Error("no octets are needed");
    };
    const store = writePkcs12([trustedEntry("ca")], { password: undefined, bytes: none, iterations: 1 });
    for (const any of [undefined, "", "whatever"]) expect(readPkcs12(store, any)).toEqual([trustedEntry("ca")]);
  });

  it("keeps the key to itself", () => {
    const secret = Buffer.from(identity("ec").keyPair.privateKey.export({ format: "jwk" }).d ?? "", "base64url");
    expect(Buffer.from(keyEntry("ec").pkcs8).includes(secret)).toBe(true);
    expect(Buffer.from(writePkcs12([keyEntry("ec")], options)).includes(secret)).toBe(false);
  });

  it("refuses a key without a password, which Java would pass over", () => {
    expect(() => writePkcs12([keyEntry("ec")], { ...options, password: undefined })).toThrow(RangeError);
  });

  it("refuses a password that Java 11 to 21 do not take", () => {
    expect(() => writePkcs12([trustedEntry("ca")], { ...options, password: "größe" })).toThrow(RangeError);
  });

  it("refuses an alias twice, of which Java would keep one", () => {
    expect(() => writePkcs12([trustedEntry("ca", "CA"), trustedEntry("kafka", "ca")], options)).toThrow(
      "two entries have the alias ca",
    );
  });
});

describe("readPkcs12", () => {
  it("tells keys, trusted and untrusted certificates apart", () => {
    const untrusted: StoreEntry = { kind: "untrusted", alias: "", certificate: certificateOf("kafka") };
    const entries = [keyEntry("deep", "flink"), keyEntry("rsa"), trustedEntry("corp"), untrusted];
    expect(readPkcs12(writePkcs12(entries, options), password)).toEqual(entries);
  });

  it("gives aliases in lower case, as Java does", () => {
    expect(readPkcs12(writePkcs12([trustedEntry("ca", "My CA")], options), password)).toEqual([
      trustedEntry("ca", "my ca"),
    ]);
  });

  it("puts a chain together by names, in whatever order it is stored", () => {
    const entry = keyEntry("deep", "flink");
    const [leaf, intermediate, root] = entry.chain;
    const shuffled = { ...entry, chain: [leaf, root, intermediate].flatMap((link) => link ?? []) };
    expect(readPkcs12(writePkcs12([shuffled], options), password)).toEqual([entry]);
  });

  it("finds the chain's end among the trusted certificates", () => {
    const entry = keyEntry("deep", "flink");
    const store = writePkcs12([{ ...entry, chain: entry.chain.slice(0, 2) }, trustedEntry("ca")], options);
    expect(readPkcs12(store, password)).toEqual([entry, trustedEntry("ca")]);
  });

  it("does not take an authority that two chains share for one left over", () => {
    const entries = [keyEntry("leaf"), keyEntry("pod")];
    expect(readPkcs12(writePkcs12(entries, options), password)).toEqual(entries);
  });

  it("gives a key without a certificate an empty chain", () => {
    const entry = { ...keyEntry("ec"), chain: [] };
    expect(readPkcs12(writePkcs12([entry], options), password)).toEqual([entry]);
  });

  const store = writePkcs12([keyEntry("ec"), trustedEntry("ca")], options);
  const wrong = "the password is wrong for this keystore, or the keystore is damaged";
  it.for([
    ["a wrong password", store, "wrong", wrong],
    ["an empty password", store, "", wrong],
    ["a password that is not ASCII", store, "größe", "the keystore's password has characters that Java does not take"],
    ["no password", store, undefined, "the keystore's key is encrypted and there is no password"],
    ["a certificate", certificateOf("ec"), password, "not a PKCS#12 keystore"],
    ["nothing", Buffer.of(), password, "ASN.1 data is broken: a value is missing"],
    ["half a store", store.subarray(0, store.length / 2), password, "ASN.1 data is broken: it is cut off"],
  ] as const)("refuses %s", ([, file, given, message]) => {
    expect(() => readPkcs12(file, given)).toThrow(FormatError);
    expect(() => readPkcs12(file, given)).toThrow(message);
  });

  it("passes over what follows its end, as Java does", () => {
    expect(readPkcs12(Buffer.concat([store, Buffer.of(0)]), password)).toEqual(readPkcs12(store, password));
  });

  it("reads a truststore without a password, unverified", () => {
    expect(readPkcs12(writePkcs12([trustedEntry("ca")], options), undefined)).toEqual([trustedEntry("ca")]);
  });

  it("reads what node-forge writes, which has no names and 3DES", () => {
    const { privateKey } = identity("rsa").keyPair;
    const foreign = forge.pki.privateKeyFromPem(privateKey.export({ type: "pkcs1", format: "pem" }));
    const certificate = forge.pki.certificateFromPem(writePem("CERTIFICATE", certificateOf("rsa")));
    const pfx = forge.pkcs12.toPkcs12Asn1(foreign, [certificate], password, { algorithm: "3des" });
    const [entry, ...more] = readPkcs12(Buffer.from(forge.asn1.toDer(pfx).getBytes(), "latin1"), password);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ kind: "key", alias: "1", chain: [certificateOf("rsa")] });
    expect(entry?.kind === "key" && readPrivateKey(entry.pkcs8, undefined).pkcs8).toEqual(
      privateKey.export({ type: "pkcs8", format: "der" }),
    );
  });
});

describe("decryptPbe", () => {
  const pbes2 = "1.2.840.113549.1.5.13";
  const pbkdf2 = (rounds: number) =>
    derSequence(derOid("1.2.840.113549.1.5.12"), derSequence(derOctetString(Buffer.of(1)), derInteger(rounds)));
  const aes = derSequence(derOid("2.16.840.1.101.3.4.1.2"), derOctetString(Buffer.alloc(16)));
  const scheme = (oid: string, ...parameters: Uint8Array[]) =>
    new DerReader(derSequence(derOid(oid), derSequence(...parameters))).enter();

  it.for([
    ["an unknown scheme", scheme("1.2.3"), "unsupported algorithm (1.2.3)"],
    [
      "an unknown cipher",
      scheme(pbes2, pbkdf2(1), derSequence(derOid("1.2.4"), derNull())),
      "unsupported algorithm (1.2.4)",
    ],
    [
      "an unknown key derivation",
      scheme(pbes2, derSequence(derOid("1.2.5"), derSequence()), aes),
      "unsupported algorithm (1.2.5)",
    ],
    ["no rounds", scheme(pbes2, pbkdf2(0), aes), "0 key derivation rounds"],
    ["rounds that would take minutes", scheme(pbes2, pbkdf2(2 ** 30), aes), "1073741824 key derivation rounds"],
    ["data that is no block", scheme(pbes2, pbkdf2(1), aes), "the password is wrong"],
  ] as const)("refuses %s", ([, algorithm, message]) => {
    expect(() => decryptPbe(algorithm, Buffer.of(1, 2, 3), password)).toThrow(message);
  });
});

describe("decryptRc2Cbc", () => {
  it.for([
    ["", "not whole RC2 blocks"],
    ["00", "not whole RC2 blocks"],
    ["0000000000000000", "RC2 padding is wrong"],
  ])("refuses %j", ([data = "", message]) => {
    expect(() => decryptRc2Cbc(Buffer.alloc(5), Buffer.alloc(8), Buffer.from(data, "hex"))).toThrow(message);
  });
});
