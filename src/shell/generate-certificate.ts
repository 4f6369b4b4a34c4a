import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { issueCertificate } from "../formats/x509/issue-certificate.ts";
import { writePem } from "../formats/x509/pem.ts";
import { writePkcs12 } from "../formats/keystore/pkcs12.ts";

/** What a certificate is made for. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly dns: readonly string[];
  readonly ip: readonly string[];
  readonly key: "rsa" | "ec";
  /** Valid from now on. */
  readonly days: number;
}

const dayMs = 86_400_000;
/** A clock that is a little behind must not find the certificate not yet valid. */
const clockSkewMs = 300_000;

/** The files of a single-purpose certificate, by name: PEM, and PKCS#12 with its password. */
export function generateCertificate(request: CertificateRequest, now: Date): ReadonlyMap<string, Uint8Array> {
  const keyPair = makeKeyPair(request.key);
  const notBefore = new Date(now.getTime() - clockSkewMs);
  const certificate = issueCertificate({
    subject: { CN: request.commonName },
    keyPair,
    notBefore,
    notAfter: new Date(now.getTime() + request.days * dayMs),
    serial: positiveSerial(),
    subjectAltNames: { dns: request.dns, ip: request.ip },
    extendedKeyUsage: ["serverAuth", "clientAuth"],
  });
  const pkcs8 = keyPair.privateKey.export({ type: "pkcs8", format: "der" });
  const password = randomBytes(32).toString("base64url");
  const store = { password, bytes: (_label: string, length: number) => randomBytes(length), iterations: 10_000 };
  const pem = Buffer.from(writePem("CERTIFICATE", certificate.der));
  return new Map<string, Uint8Array>([
    ["tls.crt", pem],
    ["ca.crt", pem],
    ["tls.key", Buffer.from(writePem("PRIVATE KEY", pkcs8))],
    ["keystore.p12", writePkcs12([{ kind: "key", alias: "flink", pkcs8, chain: [certificate.der] }], store)],
    ["truststore.p12", writePkcs12([{ kind: "trusted", alias: "flink", certificate: certificate.der }], store)],
    ["password", Buffer.from(password)],
  ]);
}

function makeKeyPair(type: "rsa" | "ec"): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return type === "rsa"
    ? generateKeyPairSync("rsa", { modulusLength: 3072 })
    : generateKeyPairSync("ec", { namedCurve: "prime256v1" });
}

function positiveSerial(): Uint8Array {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}
