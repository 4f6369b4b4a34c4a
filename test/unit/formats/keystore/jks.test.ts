import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../../../src/formats/format-error.ts";
import { writeJks } from "../../../../scripts/write-jks.ts";
import { readJks } from "../../../../src/formats/keystore/jks.ts";
import { readKeystore } from "../../../../src/formats/keystore/keystore.ts";
import { material } from "../../../support/certificates.ts";
import { identity } from "../../../support/identities.ts";
import { storePassword as password } from "../../../support/planted.ts";
import { keyEntry, labelledBytes, trustedEntry } from "../../../support/store-entries.ts";

const options = { password, created: new Date("2026-01-02T03:04:05.678Z"), bytes: labelledBytes };
const key = keyEntry("ec", "flink");
const trusted = trustedEntry("ca");
const { certificate, keyPair } = identity("ec");

describe("JKS", () => {
  it("is read as it was written", () => {
    expect(readJks(writeJks([key, trusted], options), password)).toEqual([key, trusted]);
  });

  it("is the same for the same octets", () => {
    expect(writeJks([key], options)).toEqual(writeJks([key], options));
  });

  it("has aliases in lower case: Java finds no others", () => {
    expect(readJks(writeJks([{ ...trusted, alias: "My CA" }], options), password)).toEqual([
      { ...trusted, alias: "my ca" },
    ]);
  });

  it("begins as Sun's does: magic, version, count, tag, alias, date", () => {
    const head = Buffer.from(writeJks([trusted], options))
      .subarray(0, 28)
      .toString("hex");
    const created = options.created.getTime().toString(16).padStart(16, "0");
    expect(head).toBe(["feedfeed", "00000002", "00000001", "00000002", "00026361", created].join(""));
  });

  it("keeps the key to itself", () => {
    const secret = Buffer.from(keyPair.privateKey.export({ format: "jwk" }).d ?? "", "base64url");
    expect(Buffer.from(key.pkcs8).includes(secret)).toBe(true);
    expect(Buffer.from(writeJks([key], options)).includes(secret)).toBe(false);
  });

  it("needs no password to list certificates", () => {
    expect(readJks(writeJks([trusted], options), undefined)).toEqual([trusted]);
  });

  const store = Buffer.from(writeJks([key, trusted], options));
  const wrong = "the password is wrong for this keystore, or the keystore is damaged";
  const changed = (offset: number): Buffer => {
    const copy = Buffer.from(store);
    copy[offset] = (copy[offset] ?? 0) ^ 0x40;
    return copy;
  };

  it.for([
    ["a wrong password", store, "wrong", wrong],
    ["a changed octet", changed(40), password, wrong],
    ["no password for a key", store, undefined, "the keystore's key flink is encrypted and there is no password"],
    ["another version", changed(7), undefined, "the JKS keystore has the unknown version 66"],
    ["an unknown kind of entry", changed(15), undefined, "there is no entry of the kind 65"],
    ["half a store", store.subarray(0, store.length / 2), undefined, "the keystore is damaged: it is cut off"],
    ["magic alone", store.subarray(0, 4), undefined, "it is cut off"],
    ["a certificate", certificate.der, undefined, "not a JKS keystore"],
  ] as const)("refuses %s", ([, file, given, message]) => {
    expect(() => readJks(file, given)).toThrow(FormatError);
    expect(() => readJks(file, given)).toThrow(message);
  });

  it("says which key has a password of its own", () => {
    const content = Buffer.from(writeJks([key], { ...options, password: "another" })).subarray(0, -20);
    const secret = Buffer.from(password, "utf16le").swap16();
    const digest = createHash("sha1").update(secret).update("Mighty Aphrodite").update(content).digest();
    const file = Buffer.concat([content, digest]);
    expect(() => readJks(file, password)).toThrow("the keystore's password does not open its key flink");
  });
});

describe("readKeystore", () => {
  it.for([
    ["ec.keystore.p12", "pkcs12"],
    ["ec.keystore.jks", "jks"],
    ["ca.truststore.p12", "pkcs12"],
    ["ca.truststore.jks", "jks"],
  ] as const)("tells %s by its first bytes", ([file, format]) => {
    expect(readKeystore(material(file), password)).toMatchObject({ format, entries: [{ alias: file.slice(0, 2) }] });
  });

  it.for([
    ["nothing", Buffer.of(), "the file is empty", "put a PKCS#12 or JKS keystore there"],
    ["text", Buffer.from("hello"), "the file is neither a PKCS#12 nor a JKS keystore", expect.any(String)],
    ["PEM", material("ec.crt"), "the file is PEM, not a keystore", expect.stringContaining("tls.crt")],
    ["a certificate", material("ec.der"), "not a PKCS#12 keystore", expect.any(String)],
    [
      "JCEKS",
      Buffer.from("cececece00000002", "hex"),
      "the keystore is of the type JCEKS, which is not supported",
      expect.stringContaining("keytool -importkeystore"),
    ],
    ["base64", material("ec.keystore.p12 base64"), "the file is base64 of what should be in it", expect.any(String)],
    ["a store taken for text", material("ec.keystore.p12 as-utf8"), expect.any(String), expect.any(String)],
    ["half a store", material("ec.keystore.p12 half"), "ASN.1 data is broken: it is cut off", expect.any(String)],
    ["a flipped bit", material("ec.keystore.p12 flipped-bit"), expect.any(String), expect.any(String)],
    [
      "a flipped bit in JKS",
      material("ec.keystore.jks flipped-bit"),
      expect.stringContaining("damaged"),
      expect.any(String),
    ],
  ] as const)("refuses %s", ([, file, message, hint]) => {
    expect(() => readKeystore(file, password)).toThrow(expect.objectContaining({ name: "FormatError", message, hint }));
  });
});
