import { X509Certificate, createPublicKey, hash } from "node:crypto";
import {
  type CertificateExtensions,
  extendedKeyUsageOids,
  hasCriticalSubjectAltName,
  isCa,
  readExtensions,
} from "./certificate-extensions.ts";
import { DerReader, type DerValue, Tag } from "./der.ts";
import { derKind } from "./der-kind.ts";
import { canonicalName, parseName } from "./distinguished-name.ts";
import { refuseEncodedTwice } from "./encoded-twice.ts";
import { FormatError } from "../format-error.ts";
import { jksMagic } from "../keystore/jks-binary.ts";
import { looksLikePem, parsePem, type PemBlock, pemText } from "./pem.ts";
import { readPkcs7Certificates } from "./pkcs7.ts";
import { type KeyType, keyTypeAndBits } from "./private-key.ts";
import { refused } from "./refused.ts";
import { readTbsCertificate } from "./tbs-certificate.ts";

/** An X.509 certificate (RFC 5280), with what a plan asks of it. */
export interface Certificate {
  readonly der: Uint8Array;
  /** RFC 4514 order and escapes, such as `CN=flink.internal,O=Corp`. Empty for an empty subject. */
  readonly subject: string;
  readonly commonName: string | undefined;
  readonly issuer: string;
  /** Lower-case hex, no colons. */
  readonly sha256: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** OpenSSL's trust settings in the file reject it for TLS servers. */
  readonly rejected?: true;
  /** What Java asks of a trust anchor: a CA by its basic constraints, or without extensions, as old roots are. */
  readonly canIssue: boolean;
}

/** What costs more to know, for a certificate that is used rather than only trusted. */
export interface CertificateDetails extends CertificateExtensions {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** 3 for all but old roots. */
  readonly version: number;
  readonly keyType: KeyType;
  /** RSA: modulus bits. EC: field bits. Others: 0. */
  readonly keyBits: number;
  /** Whether its own key signed it. */
  readonly selfSigned: boolean;
  /** As OpenSSL calls it, such as `prime256v1`; undefined for other keys. */
  readonly curve: string | undefined;
  /** Dotted OID of the algorithm that the issuer signed with. */
  readonly signatureAlgorithm: string;
  /** Lower-case hex, no colons: what `security.ssl.internal.cert.fingerprint` compares. */
  readonly sha1: string;
}

/**
 * Reads one DER certificate. Its signature is not verified and its key is not looked at.
 * @throws FormatError if it is not a certificate
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const { issuer, subject, notBefore, notAfter, extensions } = readTbsCertificate(der);
  const isUnnamed = subject.size === 0 && extensions !== undefined && !hasCriticalSubjectAltName(extensions);
  if (isUnnamed) throw refused("it names no subject");
  const subjectName = parseName(subject);
  const isSelfIssued = issuer.equals(subject);
  return {
    der,
    subject: subjectName.text,
    commonName: subjectName.commonName,
    issuer: isSelfIssued ? subjectName.text : parseName(issuer).text,
    sha256: hash("sha256", der),
    notBefore,
    notAfter,
    canIssue: extensions === undefined || isCa(extensions),
  };
}

/** The subject and its key as they are encoded, for certificates that this one issues. */
export function encodedSubject(certificate: Certificate): { readonly name: Uint8Array; readonly spki: Uint8Array } {
  const { subject, spki } = readTbsCertificate(certificate.der);
  return { name: subject.bytes, spki: spki.bytes };
}

/** Whether the issuer's name and key are the ones that the certificate was signed with. Dates and CA flags are not looked at. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (canonicalName(certificate.issuer) !== canonicalName(issuer.subject)) return false;
  try {
    return new X509Certificate(certificate.der).verify(new X509Certificate(issuer.der).publicKey);
  } catch {
    // A key or signature algorithm that OpenSSL does not know cannot be said to match.
    return false;
  }
}

/** @throws FormatError if an extension is broken */
export function certificateDetails(certificate: Certificate): CertificateDetails {
  const { version, spki, algorithm, extensions } = readTbsCertificate(certificate.der);
  const { type, bits, curve } = publicKeyFacts(spki.bytes);
  return {
    ...readExtensions(extensions ?? []),
    spki: spki.bytes,
    version,
    keyType: type,
    keyBits: bits,
    curve,
    signatureAlgorithm: algorithm.inside().oid(),
    selfSigned: isIssuedBy(certificate, certificate),
    sha1: hash("sha1", certificate.der),
  };
}

function publicKeyFacts(spki: Uint8Array): { type: KeyType; bits: number; curve: string | undefined } {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
    return { ...keyTypeAndBits(key), curve: key.asymmetricKeyDetails?.namedCurve };
  } catch {
    return { type: "other", bits: 0, curve: undefined };
  }
}

const certificateLabels: ReadonlySet<string> = new Set(["CERTIFICATE", "X509 CERTIFICATE"]);

function inPlaceOfCertificate(what: string, hint: string, line?: number): FormatError {
  return new FormatError(`the file holds a ${what}, not a certificate`, hint, line);
}

function privateKeyThere(line?: number): FormatError {
  return inPlaceOfCertificate("private key", "take the private key out: only certificates belong here", line);
}

function readBlock({ label, bytes, line }: PemBlock): Certificate[] {
  try {
    if (certificateLabels.has(label)) return [parseCertificate(bytes)];
    // OpenSSL's own form: trust settings follow the certificate.
    if (label === "TRUSTED CERTIFICATE") return [readTrusted(bytes)];
    if (label === "PKCS7" || label === "CMS") return readPkcs7Certificates(bytes).map(parseCertificate);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`the certificate cannot be read: ${error.message}`, error.hint, line());
  }
  if (label.endsWith("PRIVATE KEY")) throw privateKeyThere(line());
  if (label.endsWith("CERTIFICATE REQUEST")) {
    throw inPlaceOfCertificate("certificate request", "have the request signed and put the certificate here", line());
  }
  throw inPlaceOfCertificate(label, "take it out: only certificates belong here", line());
}

/** A certificate and an X509_CERT_AUX: what it is trusted for, and what it is rejected for (x509_aux of OpenSSL, X.509(3)). */
function readTrusted(bytes: Uint8Array): Certificate {
  const file = new DerReader(bytes);
  const certificate = parseCertificate(file.read(Tag.sequence).bytes);
  if (file.atEnd) return certificate;
  const settings = file.enter();
  const trusted = oidsIn(settings.optional(Tag.sequence));
  const rejected = oidsIn(settings.optional(0xa0));
  const forServers: readonly string[] = [extendedKeyUsageOids.serverAuth, extendedKeyUsageOids.anyExtendedKeyUsage];
  const isTrusted = trusted === undefined || trusted.some((oid) => forServers.includes(oid));
  const isRejected = !isTrusted || rejected?.some((oid) => forServers.includes(oid)) === true;
  return isRejected ? { ...certificate, rejected: true } : certificate;
}

function oidsIn(list: DerValue | undefined): readonly string[] | undefined {
  if (list === undefined) return undefined;
  const oids: string[] = [];
  for (const reader = list.inside(); !reader.atEnd;) oids.push(reader.oid());
  return oids;
}

function readDer(der: Uint8Array): Certificate[] {
  switch (derKind(der)) {
    case "certificate":
      return [parseCertificate(der)];
    case "pkcs7":
      return readPkcs7Certificates(der).map(parseCertificate);
    case "pkcs12":
      throw keystoreThere();
    case "unknown":
      return der[0] === Tag.sequence ? [parseCertificate(der)] : [];
    case "encrypted-pkcs8":
    case "pkcs8":
    case "pkcs1":
    case "sec1":
      throw privateKeyThere();
  }
}

function keystoreThere(): FormatError {
  return inPlaceOfCertificate(
    "keystore",
    "export its certificates with: keytool -exportcert -rfc -keystore STORE -alias NAME",
  );
}

/**
 * Reads one or more certificates: PEM with text around the blocks, one in DER, or PKCS#7 (PEM or DER), in the file's order.
 * @throws FormatError, with the line for PEM, if there is none, or anything that is not a certificate
 */
export function readCertificates(bytes: Uint8Array): Certificate[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length >= 4 && file.readUInt32BE() === jksMagic) throw keystoreThere();
  const certificates = looksLikePem(file) ? parsePem(pemText(file)).flatMap(readBlock) : readDer(file);
  if (certificates.length > 0) return certificates;
  refuseEncodedTwice(file);
  const isBlank = file.every((octet) => octet <= 0x20);
  throw new FormatError(
    isBlank ? "the file is empty" : "there is no certificate in the file",
    "put at least one certificate into it, as PEM or DER",
  );
}
