import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { Certificate } from "../../formats/x509/certificate.ts";
import { issueCertificate } from "../../formats/x509/issue-certificate.ts";

/** RSA with 3072 or 4096 bits; EC on P-256 or P-384. */
export const keyChoices = ["rsa", "rsa4096", "ec", "p384"] as const;
export type KeyChoice = (typeof keyChoices)[number];

/** A CA of one level: what it signs is trusted because of it alone. */
export interface Signer {
  readonly certificate: Certificate;
  /** PKCS#8, DER. */
  readonly pkcs8: Uint8Array;
}

/** What a certificate is made for. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly dns: readonly string[];
  readonly ip: readonly string[];
  readonly key: KeyChoice;
  /** Valid from now on, and no longer than its signer. */
  readonly days: number;
  /** Absent: for both sides of TLS. */
  readonly isCa?: boolean;
  /** Absent: signed by its own key. */
  readonly signer?: Signer;
  /** CAs that are trusted besides. */
  readonly trust?: readonly Certificate[];
}

/** A certificate that was just made, with its key. */
export interface MadeCertificate extends Signer {
  /** The certificate to trust: the signer's, or itself. */
  readonly authority: Certificate;
  /** The authority, and what is trusted besides. */
  readonly trusted: readonly Certificate[];
}

const dayMs = 86_400_000;
/** A clock that is a little behind must not find the certificate not yet valid. */
const clockSkewMs = 300_000;

/** Makes a key and a certificate for it. */
export function makeCertificate(request: CertificateRequest, now: Date): MadeCertificate {
  const { commonName, dns, ip, key, days, isCa = false, signer, trust = [] } = request;
  const keyPair = makeKeyPair(key);
  const notAfter = new Date(now.getTime() + days * dayMs);
  const latest = signer?.certificate.notAfter ?? notAfter;
  const certificate = issueCertificate({
    subject: { CN: commonName },
    keyPair,
    notBefore: new Date(now.getTime() - clockSkewMs),
    notAfter: latest < notAfter ? latest : notAfter,
    serial: positiveSerial(),
    subjectAltNames: { dns, ip },
    ...(isCa ? { ca: true, pathLength: 0 } : { extendedKeyUsage: ["serverAuth", "clientAuth"] }),
    ...(signer && { issuer: { certificate: signer.certificate, key: privateKey(signer.pkcs8) } }),
  });
  const pkcs8 = keyPair.privateKey.export({ type: "pkcs8", format: "der" });
  const authority = signer?.certificate ?? certificate;
  const others = trust.filter(({ sha256 }) => sha256 !== authority.sha256);
  return { certificate, pkcs8, authority, trusted: [authority, ...others] };
}

/** A key that Node's crypto takes, from PKCS#8. */
export function privateKey(pkcs8: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
}

function makeKeyPair(choice: KeyChoice): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  switch (choice) {
    case "rsa":
      return generateKeyPairSync("rsa", { modulusLength: 3072 });
    case "rsa4096":
      return generateKeyPairSync("rsa", { modulusLength: 4096 });
    case "ec":
      return generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    case "p384":
      return generateKeyPairSync("ec", { namedCurve: "secp384r1" });
  }
}

function positiveSerial(): Uint8Array {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}
