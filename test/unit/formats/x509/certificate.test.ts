import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  certificateDetails,
  isIssuedBy,
  parseCertificate,
  readCertificates,
} from "../../../../src/formats/x509/certificate.ts";
import { der, derSequence } from "../../../../src/formats/x509/der-write.ts";
import { Tag } from "../../../../src/formats/x509/der.ts";
import { writePem } from "../../../../src/formats/x509/pem.ts";
import { certificateDer, extensionDer, nameDer } from "../../../support/certificate-der.ts";
import { material } from "../../../support/certificates.ts";
import { identity } from "../../../support/identities.ts";

const certificate = (name: string) => identity(name).certificate;

describe("readCertificates", () => {
  it.for([
    ["ca.crt", ["ca"]],
    ["ca.der", ["ca"]],
    ["ca+kafka+hdfs.crt", ["ca", "kafka", "hdfs"]],
    ["ca+kafka.bundle.crt", ["ca", "kafka"]],
    ["ca.crt windows", ["ca"]],
    ["deep.chain.crt", ["deep", "intermediate"]],
    ["ca+kafka.p7b", ["ca", "kafka"]],
    ["ca+kafka.p7c", ["ca", "kafka"]],
    ["unnamed+no-cn.crt", ["unnamed", "no-cn"]],
  ] as const)("reads %s", ([file, names]) => {
    expect(readCertificates(material(file))).toEqual(names.map(certificate));
  });

  it("reads OpenSSL's labels, and blocks that are indented", () => {
    const trusted = Buffer.concat([certificate("ca").der, derSequence()]);
    const text = `  ${writePem("X509 CERTIFICATE", certificate("kafka").der).replaceAll("\n", "\n  ")}`;
    const file = `${writePem("TRUSTED CERTIFICATE", trusted)}${text}`;
    expect(readCertificates(Buffer.from(file))).toEqual([certificate("ca"), certificate("kafka")]);
  });

  it.for([
    ["", undefined, "the file is empty"],
    [" \n\n", undefined, "the file is empty"],
    ["hello\n", undefined, "there is no certificate in the file"],
    ["-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", 1, "PEM block CERTIFICATE is empty"],
    [
      "text\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
      2,
      "the certificate cannot be read: ASN.1 data is broken: a value has another type than expected",
    ],
  ] as const)("refuses %j", ([text, line, message]) => {
    expect(() => readCertificates(Buffer.from(text))).toThrow(
      expect.objectContaining({ name: "FormatError", message, line }),
    );
  });

  it.for([
    ["ca+kafka.crt unclosed", 1, "PEM block is not closed", "end it with -----END CERTIFICATE-----"],
    [
      "kafka.crt headless",
      expect.any(Number),
      "PEM block CERTIFICATE ends without a beginning",
      "put -----BEGIN CERTIFICATE----- before its data",
    ],
    ["kafka.crt four-hyphens", 1, "a BEGIN or END line is malformed", expect.stringContaining("five hyphens")],
    ["kafka.crt one-line", 1, "a BEGIN or END line is malformed", expect.stringContaining("on a separate line")],
    ["kafka.crt escaped-newlines", 1, "line breaks are written as \\n", "write real line breaks into the file"],
    [
      "kafka.crt strange-character",
      2,
      "PEM block CERTIFICATE has characters that are not base64",
      expect.stringContaining("copy the block again"),
    ],
    [
      "kafka.crt missing-line",
      1,
      "the certificate cannot be read: ASN.1 data is broken: it is cut off",
      expect.stringContaining("copied whole"),
    ],
    [
      "kafka.crt mislabelled-end",
      expect.any(Number),
      "PEM block CERTIFICATE is closed as TRUSTED CERTIFICATE",
      "end it with -----END CERTIFICATE-----",
    ],
    ["kafka.crt base64", undefined, "the file is base64 of what should be in it", expect.any(String)],
    ["kafka.der half", undefined, "ASN.1 data is broken: it is cut off", expect.any(String)],
    ["kafka.der as-utf8", undefined, expect.any(String), expect.any(String)],
    ["kafka.csr", 1, "the file holds a certificate request, not a certificate", expect.stringContaining("signed")],
    [
      "ec.key",
      1,
      "the file holds a private key, not a certificate",
      expect.stringContaining("only certificates belong here"),
    ],
    ["ec.encrypted.key", 1, "the file holds a private key, not a certificate", expect.any(String)],
    ["ec.key.der", undefined, "the file holds a private key, not a certificate", expect.any(String)],
    [
      "kafka.truststore.p12",
      undefined,
      "the file holds a keystore, not a certificate",
      expect.stringContaining("keytool -exportcert"),
    ],
    ["kafka.truststore.jks", undefined, "the file holds a keystore, not a certificate", expect.any(String)],
  ])("refuses %s", ([file, line, message, hint]) => {
    expect(() => readCertificates(material(String(file)))).toThrow(
      expect.objectContaining({ name: "FormatError", line, message, hint }),
    );
  });

  it("names the line of the one that is broken", () => {
    const file = Buffer.concat([material("ca.crt"), Buffer.from(writePem("X509 CRL", derSequence()))]);
    const line = Buffer.from(material("ca.crt")).toString().split("\n").length;
    expect(() => readCertificates(file)).toThrow(
      expect.objectContaining({ line, message: "the file holds a X509 CRL, not a certificate" }),
    );
  });
});

describe("parseCertificate", () => {
  it.for(["ec", "rsa", "p384", "ed25519", "ca", "no-cn", "unnamed", "expired-ca"])(
    "agrees with OpenSSL about %s",
    (name) => {
      const parsed = parseCertificate(certificate(name).der);
      const known = new X509Certificate(parsed.der);
      expect(parsed.sha256).toBe(known.fingerprint256.replaceAll(":", "").toLowerCase());
      expect(parsed.notBefore).toEqual(known.validFromDate);
      expect(parsed.notAfter).toEqual(known.validToDate);
      expect(parsed.commonName).toBe(/^CN=(.*)$/m.exec(known.subject ?? "")?.[1]);
    },
  );

  it("reads both forms of dates, and keeps the years apart", () => {
    const of = (tag: number, text: string) =>
      parseCertificate(certificateDer({ notBefore: der(tag, Buffer.from(text)) })).notBefore;
    expect(of(Tag.utcTime, "491231235959Z")).toEqual(new Date("2049-12-31T23:59:59Z"));
    expect(of(Tag.utcTime, "500101000000Z")).toEqual(new Date("1950-01-01T00:00:00Z"));
    expect(of(Tag.utcTime, "260101000000+0130")).toEqual(new Date("2025-12-31T22:30:00Z"));
  });

  it.for(["260230000000Z", "260101000000", "260101000000+01", "26010100000xZ", ""])("takes %j for no date", (text) => {
    const made = certificateDer({ notBefore: der(Tag.utcTime, Buffer.from(text)) });
    expect(() => parseCertificate(made)).toThrow("its validity is not a date");
  });

  const cn = "2.5.4.3";
  it.for([
    ["CN=a", nameDer([[cn, Tag.printableString, Buffer.from("a")]]), "a"],
    ["CN=ä", nameDer([[cn, Tag.utf8String, Buffer.from("ä")]]), "ä"],
    ["CN=ä", nameDer([[cn, Tag.teletexString, Buffer.from("ä", "latin1")]]), "ä"],
    ["CN=ä证", nameDer([[cn, Tag.bmpString, Buffer.from("ä证", "utf16le").swap16()]]), "ä证"],
    ["CN=#1c0400000061", nameDer([[cn, Tag.universalString, Buffer.from("00000061", "hex")]]), undefined],
    ["1.2.3.4=#0c0161", nameDer([["1.2.3.4", Tag.utf8String, Buffer.from("a")]]), undefined],
    ["CN=b,CN=a", nameDer([[cn, Tag.utf8String, Buffer.from("a")]], [[cn, Tag.utf8String, Buffer.from("b")]]), "b"],
    [
      "CN=a+O=x",
      nameDer([
        ["2.5.4.10", Tag.utf8String, Buffer.from("x")],
        [cn, Tag.utf8String, Buffer.from("a")],
      ]),
      "a",
    ],
    ["CN=a\\0ab\\e2\\80\\ae", nameDer([[cn, Tag.utf8String, Buffer.from("a\nb\u202e")]]), "a\nb\u202e"],
  ] as const)("spells the subject %s", ([text, subject, commonName]) => {
    expect(parseCertificate(certificateDer({ subject }))).toMatchObject({
      subject: text,
      commonName,
      issuer: "CN=Example",
    });
  });
});

describe("certificateDetails", () => {
  it.for([
    ["ec", "ec", 256],
    ["p384", "ec", 384],
    ["rsa", "rsa", 2048],
    ["weak", "rsa", 1024],
    ["ed25519", "other", 0],
  ] as const)("knows the key of %s", ([name, keyType, keyBits]) => {
    const spki = identity(name).keyPair.publicKey.export({ type: "spki", format: "der" });
    expect(certificateDetails(certificate(name))).toMatchObject({ keyType, keyBits, spki });
  });

  it("knows a leaf's names and usages", () => {
    expect(certificateDetails(certificate("pod"))).toMatchObject({
      isCa: false,
      selfSigned: false,
      subjectAltNames: { dns: ["flink-taskmanager-0.flink.default.svc.cluster.local"], ip: ["127.0.0.1"] },
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: ["serverAuth", "clientAuth"],
    });
  });

  it("knows an authority", () => {
    expect(certificateDetails(certificate("ca"))).toMatchObject({
      isCa: true,
      selfSigned: true,
      subjectAltNames: { dns: [], ip: [] },
      keyUsage: ["keyCertSign", "cRLSign"],
      extendedKeyUsage: undefined,
      sha1: new X509Certificate(certificate("ca").der).fingerprint.replaceAll(":", "").toLowerCase(),
    });
  });

  it("allows everything where there is no extension", () => {
    expect(certificateDetails(parseCertificate(certificateDer()))).toMatchObject({
      isCa: false,
      keyUsage: undefined,
      extendedKeyUsage: undefined,
      selfSigned: false,
    });
  });

  it.for([
    ["0a000001", "10.0.0.1"],
    ["20010db8000000000000000000000001", "2001:db8::1"],
  ])("spells the address %s", ([hex = "", text]) => {
    const extension = extensionDer("2.5.29.17", false, derSequence(der(0x87, Buffer.from(hex, "hex"))));
    const { subjectAltNames } = certificateDetails(parseCertificate(certificateDer({ extensions: [extension] })));
    expect(subjectAltNames.ip).toEqual([text]);
  });

  it("refuses an address of another length", () => {
    const extension = extensionDer("2.5.29.17", false, derSequence(der(0x87, Buffer.of(1, 2, 3))));
    const made = parseCertificate(certificateDer({ extensions: [extension] }));
    expect(() => certificateDetails(made)).toThrow("not an IP address");
  });
});

describe("isIssuedBy", () => {
  it.for([
    ["leaf", "ca", true],
    ["deep", "intermediate", true],
    ["deep", "ca", false],
    ["ca", "ca", true],
    ["leaf", "leaf", false],
    // The name fits, the key does not; then both do.
    ["leaf", "ca-renewed", false],
    ["leaf", "ca-rekeyed", true],
    ["ed25519", "ca", true],
  ] as const)("%s by %s: %s", ([name, issuer, expected]) => {
    expect(isIssuedBy(certificate(name), certificate(issuer))).toBe(expected);
  });
});
