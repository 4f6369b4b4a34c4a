import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { issueCertificate } from "../../../src/formats/x509/issue-certificate.ts";
import { writePem } from "../../../src/formats/x509/pem.ts";
import { CannotSign, readSigner } from "../../../src/shell/certificates/read-signer.ts";
import { material } from "../../support/certificates.ts";
import { goldenNow, identity } from "../../support/identities.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

describe("readSigner", () => {
  it.each([
    ["ca.crt", "ca.key"],
    ["tls.crt", "tls.key"],
  ])("reads %s and %s", (certificate, key) => {
    using folder = temporaryFolder();
    writeFileSync(folder.at(certificate), material("ca.crt"));
    writeFileSync(folder.at(key), material("ca.key"));
    expect(readSigner(folder.path, goldenNow).certificate).toEqual(identity("ca").certificate);
  });

  it.each([
    ["ca.crt", "none", "ca.key: no such file"],
    ["none", "ca.key", "ca.crt: no such file"],
    ["ca.crt unclosed", "ca.key", "ca.crt: line 1: PEM block is not closed"],
    ["ca.crt", "ca.encrypted.key", "ca.key: line 1: the private key is encrypted and there is no password"],
    ["ca.crt", "kafka.key", "the key in "],
    ["leaf.crt", "leaf.key", "CN=flink-jobmanager is not a CA"],
    ["intermediate.crt", "intermediate.key", "CN=Example Issuing CA is not a root CA"],
    ["expired-ca.crt", "expired-ca.key", "it expired on 2026-01-01"],
  ])("refuses %s with %s", (certificate, key, message) => {
    using folder = temporaryFolder();
    if (certificate !== "none") writeFileSync(folder.at("ca.crt"), material(certificate));
    if (key !== "none") writeFileSync(folder.at("ca.key"), material(key));
    expect(() => readSigner(folder.path, goldenNow)).toThrow(CannotSign);
    expect(() => readSigner(folder.path, goldenNow)).toThrow(message);
  });

  it("refuses a key that is too short", () => {
    using folder = temporaryFolder();
    const keyPair = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const [notBefore, notAfter] = [new Date(0), new Date("2030-01-01")];
    const certificate = issueCertificate({
      subject: { CN: "Old CA" },
      keyPair,
      notBefore,
      notAfter,
      serial: Uint8Array.of(1),
      ca: true,
    });
    writeFileSync(folder.at("ca.crt"), writePem("CERTIFICATE", certificate.der));
    writeFileSync(folder.at("ca.key"), keyPair.privateKey.export({ type: "pkcs8", format: "pem" }));
    expect(() => readSigner(folder.path, goldenNow)).toThrow("its key is neither RSA with 2048 bits or more");
  });
});
