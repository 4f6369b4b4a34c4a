import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readPrivateKey } from "../../../../src/formats/x509/private-key.ts";
import { material } from "../../../support/certificates.ts";
import { identity } from "../../../support/identities.ts";
import { keyPassword } from "../../../support/planted.ts";

function keyOf(name: string): { spki: Buffer; pkcs8: Buffer } {
  const { publicKey, privateKey } = identity(name).keyPair;
  return {
    spki: publicKey.export({ type: "spki", format: "der" }),
    pkcs8: privateKey.export({ type: "pkcs8", format: "der" }),
  };
}

describe("readPrivateKey", () => {
  it.for([
    ["rsa.key", "rsa", 2048],
    ["rsa.pkcs1.key", "rsa", 2048],
    ["rsa.key.der", "rsa", 2048],
    ["weak.key", "rsa", 1024],
    ["ec.key", "ec", 256],
    ["ec.sec1.key", "ec", 256],
    ["ec.key.der", "ec", 256],
    ["p384.key", "ec", 384],
    ["ed25519.key", "other", 0],
    ["rsa.encrypted.key", "rsa", 2048],
    ["rsa.legacy.key", "rsa", 2048],
    ["ec.encrypted.key", "ec", 256],
    ["ec.key windows", "ec", 256],
  ] as const)("reads %s", ([file, type, bits]) => {
    const { spki, pkcs8 } = keyOf(file.slice(0, file.indexOf(".")));
    expect(readPrivateKey(material(file), keyPassword)).toEqual({ type, bits, spki, pkcs8 });
  });

  it.for(["rsa", "ec"])("reads DER of %s keys in their own forms, which have no label", (name) => {
    const { privateKey } = identity(name).keyPair;
    const own = privateKey.export({ type: name === "rsa" ? "pkcs1" : "sec1", format: "der" } as never);
    const encrypted = privateKey.export({
      type: "pkcs8",
      format: "der",
      cipher: "aes-256-cbc",
      passphrase: keyPassword,
    });
    expect(readPrivateKey(own as unknown as Buffer, undefined)).toMatchObject(keyOf(name));
    expect(readPrivateKey(encrypted, keyPassword)).toMatchObject(keyOf(name));
  });

  it("knows the field of a curve whose name has other digits, too", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "brainpoolP320r1" });
    expect(readPrivateKey(privateKey.export({ type: "pkcs8", format: "der" }), undefined)).toMatchObject({
      type: "ec",
      bits: 320,
    });
  });

  it("reads a key that stands after its certificates", () => {
    const file = Buffer.concat([material("deep.chain.crt"), material("deep.key")]);
    expect(readPrivateKey(file, undefined)).toMatchObject(keyOf("deep"));
  });

  it("does not need the password of a key that is not encrypted", () => {
    expect(readPrivateKey(material("ec.key"), "whatever").pkcs8).toEqual(keyOf("ec").pkcs8);
  });

  const noPassword = "the private key is encrypted and there is no password";
  const wrongPassword = "the password is wrong for this private key, or the key is damaged";
  it.for([
    ["ec.encrypted.key", undefined, 1, noPassword, "give the private key's password, or store the key without one"],
    ["rsa.legacy.key", undefined, 1, noPassword, expect.any(String)],
    ["ec.encrypted.key", "wrong", 1, wrongPassword, "check the private key's password"],
    ["rsa.legacy.key", "wrong", 1, wrongPassword, expect.any(String)],
    ["ec.encrypted.key", "", 1, wrongPassword, expect.any(String)],
    [
      "ec.crt",
      undefined,
      1,
      "the file holds a certificate, not a private key",
      expect.stringContaining("put the private key"),
    ],
    ["ec.der", undefined, undefined, "the file holds a certificate, not a private key", expect.any(String)],
    ["ec.keystore.p12", undefined, undefined, "the file is a keystore, not a private key", expect.any(String)],
    [
      "ec+rsa.key",
      undefined,
      expect.any(Number),
      "there is a second private key in the file",
      "leave one private key in the file",
    ],
    ["ec.csr", undefined, 1, "there is no private key in the file", expect.any(String)],
    ["ec.key unclosed", undefined, 1, "PEM block is not closed", "end it with -----END PRIVATE KEY-----"],
    [
      "ec.key.der half",
      undefined,
      undefined,
      "the private key cannot be read",
      expect.stringContaining("PKCS#8, PKCS#1 or SEC1"),
    ],
    ["ec.key missing-line", undefined, 1, expect.any(String), expect.any(String)],
  ] as const)("refuses %s with the password %s", ([file, password, line, message, hint]) => {
    expect(() => readPrivateKey(material(file), password)).toThrow(
      expect.objectContaining({ name: "FormatError", line, message, hint }),
    );
  });

  it.for([
    ["", "the file is empty"],
    ["\r\n", "the file is empty"],
    ["hello", "the private key cannot be read"],
    [
      "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----\n",
      "the private key is of an unsupported kind: OPENSSH PRIVATE KEY",
    ],
  ] as const)("refuses %j", ([text, message]) => {
    expect(() => readPrivateKey(Buffer.from(text), undefined)).toThrow(message);
  });

  it("gives the public key in the form that certificates have", () => {
    const { spki } = readPrivateKey(material("ec.sec1.key"), undefined);
    const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
    expect(key.equals(identity("ec").keyPair.publicKey)).toBe(true);
  });
});
