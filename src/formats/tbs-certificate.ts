import { DerReader, type DerValue, Tag } from "./der.ts";
import { FormatError } from "./format-error.ts";

/** The fields of a TBSCertificate (RFC 5280, 4.1): names, key and extensions are still encoded. */
export interface TbsCertificate {
  readonly issuer: DerValue;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: DerValue;
  readonly spki: DerValue;
  readonly extensions: DerValue | undefined;
}

function badTime(): FormatError {
  return new FormatError("its validity is not a date", "ask the issuer for a certificate that follows RFC 5280");
}

/** UTCTime or GeneralizedTime in the one form that RFC 5280, 4.1.2.5 allows: `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`. */
function readTime(value: DerValue): Date {
  const text = value.text("latin1");
  if (value.tag !== (text.length === 13 ? Tag.utcTime : Tag.generalizedTime)) throw badTime();
  const full = text.length === 13 ? `${text < "50" ? "20" : "19"}${text}` : text;
  const day = `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}`;
  const iso = `${day}T${full.slice(8, 10)}:${full.slice(10, 12)}:${full.slice(12, 14)}.000${full.slice(14)}`;
  const date = new Date(iso);
  // Date takes February the 30th as a day in March.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) throw badTime();
  return date;
}

/** Takes a DER certificate apart. Throws a FormatError if it is none. */
export function readTbsCertificate(der: Uint8Array): TbsCertificate {
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
  return { issuer, notBefore: readTime(validity.any()), notAfter: readTime(validity.any()), subject, spki, extensions };
}
