import { createHash, type KeyObject, sign } from "node:crypto";
import { extendedKeyUsageOids, type SubjectAltNames } from "./certificate-extensions.ts";
import { type Certificate, encodedSubject, parseCertificate } from "./certificate.ts";
import { DerReader, Tag } from "./der.ts";
import {
  der,
  derBitString,
  derBoolean,
  derExplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTime,
} from "./der-write.ts";
import { type Name, writeName } from "./distinguished-name.ts";
import { parseIp } from "./ip-address.ts";

export interface CertificateToIssue {
  readonly subject: Name;
  /** RSA, or EC on P-256 or P-384. */
  readonly keyPair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Big-endian, at most 20 octets, not zero (RFC 5280, 4.1.2.2). */
  readonly serial: Uint8Array;
  readonly subjectAltNames?: Partial<SubjectAltNames>;
  readonly ca?: boolean;
  /** How many CAs may stand below this one (RFC 5280, 4.2.1.9). Absent: any number. */
  readonly pathLength?: number;
  /** Absent: no restriction. */
  readonly extendedKeyUsage?: readonly (keyof typeof extendedKeyUsageOids)[];
  /** Absent: signed by its own key. */
  readonly issuer?: { readonly certificate: Certificate; readonly key: KeyObject };
}

function signatureAlgorithm(key: KeyObject): { readonly digest: string; readonly identifier: Uint8Array } {
  if (key.asymmetricKeyType === "rsa") {
    return { digest: "sha256", identifier: derSequence(derOid("1.2.840.113549.1.1.11"), derNull()) };
  }
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve === "prime256v1") return { digest: "sha256", identifier: derSequence(derOid("1.2.840.10045.4.3.2")) };
  if (curve === "secp384r1") return { digest: "sha384", identifier: derSequence(derOid("1.2.840.10045.4.3.3")) };
  throw new RangeError(`cannot sign with a key of type ${curve ?? key.asymmetricKeyType ?? "secret"}`);
}

/** Whether a key is one that {@link issueCertificate} signs with, and not too short to: RSA with 2048 bits. */
export function canIssueWith(key: KeyObject): boolean {
  const { modulusLength = 0, namedCurve = "" } = key.asymmetricKeyDetails ?? {};
  return key.asymmetricKeyType === "rsa" ? modulusLength >= 2048 : ["prime256v1", "secp384r1"].includes(namedCurve);
}

function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), ...(critical ? [derBoolean(true)] : []), derOctetString(value));
}

/** RFC 5280, 4.2.1.2, method 1: SHA-1 of the public key's bits. */
function keyIdentifier(spki: Uint8Array): Uint8Array {
  const info = new DerReader(spki).enter();
  info.read(Tag.sequence);
  return createHash("sha1").update(info.read(Tag.bitString).content.subarray(1)).digest();
}

function keyUsage(ca: boolean, isRsa: boolean): Uint8Array {
  if (ca) return derBitString(Uint8Array.of(0b0000_0110), 1); // keyCertSign, cRLSign
  // keyEncipherment is for TLS 1.2's RSA key exchange.
  return isRsa ? derBitString(Uint8Array.of(0b1010_0000), 5) : derBitString(Uint8Array.of(0b1000_0000), 7);
}

function basicConstraints(ca: boolean, pathLength: number | undefined): Uint8Array {
  if (!ca) return derSequence();
  return derSequence(derBoolean(true), ...(pathLength === undefined ? [] : [derInteger(pathLength)]));
}

function extensions(request: CertificateToIssue, spki: Uint8Array, issuerSpki: Uint8Array): Uint8Array {
  const { ca = false, pathLength, subjectAltNames, extendedKeyUsage } = request;
  const { dns = [], ip = [] } = subjectAltNames ?? {};
  const names = [
    ...dns.map((name) => der(0x82, Buffer.from(name, "latin1"))),
    ...ip.map((address) => der(0x87, parseIp(address))),
  ];
  const isUnnamed = Object.keys(request.subject).length === 0;
  return derSequence(
    extension("2.5.29.19", true, basicConstraints(ca, pathLength)),
    extension("2.5.29.15", true, keyUsage(ca, request.keyPair.publicKey.asymmetricKeyType === "rsa")),
    ...(extendedKeyUsage === undefined
      ? []
      : [
          extension(
            "2.5.29.37",
            false,
            derSequence(...extendedKeyUsage.map((usage) => derOid(extendedKeyUsageOids[usage]))),
          ),
        ]),
    ...(names.length === 0 ? [] : [extension("2.5.29.17", isUnnamed, derSequence(...names))]),
    extension("2.5.29.14", false, derOctetString(keyIdentifier(spki))),
    extension("2.5.29.35", false, derSequence(der(0x80, keyIdentifier(issuerSpki)))),
  );
}

/**
 * Issues an X.509 v3 certificate for TLS, signed by the issuer or by its own key. Reads no clock and draws no serial; an
 * ECDSA signature still holds a random nonce, so only RSA certificates come out the same twice.
 * @throws RangeError for a signing key that is neither RSA nor EC on P-256 or P-384
 */
export function issueCertificate(request: CertificateToIssue): Certificate {
  const { subject, keyPair, issuer } = request;
  const signingKey = issuer?.key ?? keyPair.privateKey;
  const { digest, identifier } = signatureAlgorithm(signingKey);
  const spki = keyPair.publicKey.export({ format: "der", type: "spki" });
  const subjectName = writeName(subject);
  const issued = issuer === undefined ? { name: subjectName, spki } : encodedSubject(issuer.certificate);
  const tbs = derSequence(
    derExplicit(0, derInteger(2)),
    derInteger(request.serial),
    identifier,
    issued.name,
    derSequence(derTime(request.notBefore), derTime(request.notAfter)),
    subjectName,
    spki,
    derExplicit(3, extensions(request, spki, issued.spki)),
  );
  return parseCertificate(derSequence(tbs, identifier, derBitString(sign(digest, tbs, signingKey))));
}
