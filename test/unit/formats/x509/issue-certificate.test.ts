import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { certificateDetails, isIssuedBy } from "../../../../src/formats/x509/certificate.ts";
import { issueCertificate } from "../../../../src/formats/x509/issue-certificate.ts";
import { identity } from "../../../support/identities.ts";

const keys = identity("rsa").keyPair;
const request = {
  subject: { CN: "flink.internal" },
  keyPair: keys,
  notBefore: new Date("2026-01-02T03:04:05.678Z"),
  notAfter: new Date("2051-01-01T00:00:00Z"),
  serial: Buffer.from("00ff01", "hex"),
} as const;

describe("issueCertificate", () => {
  it("issues a single-purpose certificate that signs itself and names no host", () => {
    const certificate = issueCertificate(request);
    expect(certificate).toMatchObject({
      subject: "CN=flink.internal",
      issuer: "CN=flink.internal",
      commonName: "flink.internal",
      notBefore: new Date("2026-01-02T03:04:05Z"),
      notAfter: request.notAfter,
    });
    expect(certificateDetails(certificate)).toMatchObject({
      isCa: false,
      selfSigned: true,
      subjectAltNames: { dns: [], ip: [] },
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: undefined,
    });
    expect(new X509Certificate(certificate.der).serialNumber).toBe("FF01");
  });

  it("issues the same twice, with RSA", () => {
    expect(issueCertificate(request)).toEqual(issueCertificate(request));
  });

  it("issues a leaf with names, by an authority", () => {
    const { certificate: authority, keyPair } = identity("intermediate");
    const certificate = issueCertificate({
      ...request,
      subject: { CN: "a,b", OU: "x", O: "Corp" },
      subjectAltNames: { dns: ["*.flink.svc"], ip: ["10.0.0.1", "::1", "2001:db8::a:0:1", "::ffff:1.2.3.4"] },
      extendedKeyUsage: ["serverAuth"],
      issuer: { certificate: authority, key: keyPair.privateKey },
    });
    expect(certificate).toMatchObject({ subject: "CN=a\\,b,OU=x,O=Corp", issuer: authority.subject });
    expect(isIssuedBy(certificate, authority)).toBe(true);
    const { subjectAltNames, extendedKeyUsage } = certificateDetails(certificate);
    expect(subjectAltNames).toEqual({
      dns: ["*.flink.svc"],
      ip: ["10.0.0.1", "::1", "2001:db8::a:0:1", "::ffff:102:304"],
    });
    expect(extendedKeyUsage).toEqual(["serverAuth"]);
    expect(new X509Certificate(certificate.der).checkIP("::1")).toBe("::1");
  });

  it.for(["10.0.0.256", "10.0.0", "localhost", "1::2::3", ":::", "1:2:3:4:5:6:7:8:9", ""])(
    "refuses %j for an IP address",
    (ip) => {
      expect(() => issueCertificate({ ...request, subjectAltNames: { ip: [ip] } })).toThrow(RangeError);
    },
  );

  it("refuses a signing key that is neither RSA nor EC", () => {
    expect(() => issueCertificate({ ...request, keyPair: identity("ed25519").keyPair })).toThrow(
      "cannot sign with a key of type ed25519",
    );
  });
});
