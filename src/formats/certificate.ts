import { X509Certificate, createPublicKey, hash } from "node:crypto";
import { readExtensions } from "./certificate-extensions.ts";
import type { CertificateExtensions } from "./certificate-extensions.ts";
import { DerReader, Tag } from "./der.ts";
import type { DerValue } from "./der.ts";
import { canonicalName, parseName } from "./distinguished-name.ts";
import { FormatError } from "./format-error.ts";
import { looksLikePem, parsePem } from "./pem.ts";
import type { PemBlock } from "./pem.ts";
import { looksLikePkcs7, readPkcs7Certificates } from "./pkcs7.ts";
import { keyTypeAndBits } from "./private-key.ts";
import type { KeyType } from "./private-key.ts";

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
}

/** What costs more to know, for a certificate that is used rather than only trusted. */
export interface CertificateDetails extends CertificateExtensions {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly keyType: KeyType;
  /** RSA: modulus bits. EC: field bits. Others: 0. */
  readonly keyBits: number;
  /** Whether its own key signed it. */
  readonly selfSigned: boolean;
  /** Lower-case hex, no colons: what `security.ssl.internal.cert.fingerprint` compares. */
  readonly sha1: string;
}

/** The fields of a TBSCertificate (RFC 5280, 4.1), still encoded. */
interface CertificateParts {
  readonly issuer: DerValue;
  readonly validity: DerReader;
  readonly subject: DerValue;
  readonly spki: DerValue;
  readonly extensions: DerValue | undefined;
}

function readParts(der: Uint8Array): CertificateParts {
  const file = new DerReader(der);
  const certificate = file.enter();
  file.end();
  const tbs = certificate.enter();
  certificate.read(Tag.sequence);
  certificate.read(Tag.bitString);
  certificate.end();
  tbs.optional(0xa0);
  tbs.read(Tag.integer);
  tbs.read(Tag.sequence);
  const issuer = tbs.read(Tag.sequence);
  const validity = tbs.enter();
  const subject = tbs.read(Tag.sequence);
  const spki = tbs.read(Tag.sequence);
  tbs.optional(0x81);
  tbs.optional(0x82);
  const extensions = tbs.optional(0xa3);
  tbs.end();
  return { issuer, validity, subject, spki, extensions };
}

const timeText = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;

/** UTCTime or GeneralizedTime in the one form that RFC 5280, 4.1.2.5 allows. */
function readTime({ tag, content }: DerValue): Date {
  const text = Buffer.from(content).toString("latin1");
  if (tag !== (text.length === 13 ? Tag.utcTime : Tag.generalizedTime)) throw badTime();
  const century = text.length > 13 ? "" : text < "50" ? "20" : "19";
  const iso = text.replace(timeText, `${century}$1-$2-$3T$4:$5:$6.000Z`);
  const date = new Date(iso);
  // Date takes February the 30th as a day in March.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) throw badTime();
  return date;
}

function badTime(): FormatError {
  return new FormatError("its validity is not a date", "ask the issuer for a certificate that follows RFC 5280");
}

/**
 * Reads one DER certificate. Its signature is not verified and its key is not looked at.
 * @throws FormatError if it is not a certificate
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const { issuer, validity, subject } = readParts(der);
  const subjectName = parseName(subject);
  const isSelfIssued = Buffer.compare(issuer.bytes, subject.bytes) === 0;
  const notBefore = readTime(validity.any());
  const notAfter = readTime(validity.any());
  return {
    der,
    subject: subjectName.text,
    commonName: subjectName.commonName,
    issuer: isSelfIssued ? subjectName.text : parseName(issuer).text,
    sha256: hash("sha256", der),
    notBefore,
    notAfter,
  };
}

/** The subject and its key as they are encoded, for certificates that this one issues. */
export function encodedSubject(certificate: Certificate): { readonly name: Uint8Array; readonly spki: Uint8Array } {
  const { subject, spki } = readParts(certificate.der);
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
  const { spki, extensions } = readParts(certificate.der);
  const { type, bits } = publicKeyFacts(spki.bytes);
  return {
    ...readExtensions(extensions),
    spki: spki.bytes,
    keyType: type,
    keyBits: bits,
    selfSigned: isIssuedBy(certificate, certificate),
    sha1: hash("sha1", certificate.der),
  };
}

function publicKeyFacts(spki: Uint8Array): { type: KeyType; bits: number } {
  try {
    return keyTypeAndBits(createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }));
  } catch {
    return { type: "other", bits: 0 };
  }
}

const certificateLabels: ReadonlySet<string> = new Set(["CERTIFICATE", "X509 CERTIFICATE"]);

function readBlock({ label, bytes, line }: PemBlock): Certificate[] {
  try {
    if (certificateLabels.has(label)) return [parseCertificate(bytes)];
    // OpenSSL's own form: trust settings follow the certificate.
    if (label === "TRUSTED CERTIFICATE") return [parseCertificate(new DerReader(bytes).read(Tag.sequence).bytes)];
    if (label === "PKCS7" || label === "CMS") return readPkcs7Certificates(bytes).map(parseCertificate);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`not a certificate: ${error.message}`, error.hint, line);
  }
  if (label.endsWith("PRIVATE KEY")) {
    throw new FormatError("there is a private key in place of a certificate", "take the private key out: only certificates belong here", line);
  }
  if (label.endsWith("CERTIFICATE REQUEST")) {
    throw new FormatError("there is a certificate request in place of a certificate", "have the request signed and put the certificate here", line);
  }
  throw new FormatError(`there is a ${label} in place of a certificate`, "take it out: only certificates belong here", line);
}

function readDer(der: Uint8Array): Certificate[] {
  if (looksLikePkcs7(der)) return readPkcs7Certificates(der).map(parseCertificate);
  try {
    return [parseCertificate(der)];
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`not a certificate: ${error.message}`, error.hint);
  }
}

/**
 * Reads one or more certificates: PEM with text around the blocks, one in DER, or PKCS#7 (PEM or DER), in the file's order.
 * @throws FormatError, with the line for PEM, if there is none, or anything that is not a certificate
 */
export function readCertificates(bytes: Uint8Array): Certificate[] {
  const isPem = looksLikePem(bytes);
  const certificates = isPem ? parsePem(Buffer.from(bytes).toString("latin1")).flatMap(readBlock) : bytes[0] === 0x30 ? readDer(bytes) : [];
  if (certificates.length > 0) return certificates;
  const isBlank = bytes.every((octet) => octet <= 0x20);
  throw new FormatError(isBlank ? "the file is empty" : "there is no certificate in the file", "put at least one certificate into it, as PEM or DER");
}
