import { type Extension, listExtensions } from "./certificate-extensions.ts";
import { DerReader, type DerValue, Tag } from "./der.ts";
import { checkPublicKey } from "./public-key.ts";
import { refused } from "./refused.ts";

/** The fields of a TBSCertificate (RFC 5280, 4.1): names and key are still encoded. */
export interface TbsCertificate {
  /** 1, 2 or 3. */
  readonly version: number;
  readonly issuer: DerValue;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: DerValue;
  readonly spki: DerValue;
  /** AlgorithmIdentifier of the issuer's signature. */
  readonly algorithm: DerValue;
  /** Undefined for a certificate without any, as those of version 1 are. */
  readonly extensions: readonly Extension[] | undefined;
}

/**
 * UTCTime or GeneralizedTime. RFC 5280, 4.1.2.5 allows one form of each, `YYMMDDHHMMSSZ` and `YYYYMMDDHHMMSSZ`; Java also reads
 * those without seconds, with a fraction, and with an offset (sun.security.util.DerInputBuffer, Java 17).
 */
function readTime(value: DerValue): Date {
  const text = value.text("latin1");
  const isShort = value.tag === Tag.utcTime;
  if (!isShort && value.tag !== Tag.generalizedTime) throw refused("its validity is not a date");
  const full = isShort ? `${text < "50" ? "20" : "19"}${text}` : text;
  return full.length === 15 && full.endsWith("Z") ? dateOf(full) : readRareTime(full, isShort);
}

const rareTime = /^(\d{12})(\d\d)?(?:[.,]\d{1,3})?(?:Z|([+-])(\d\d)(\d\d))$/;

function readRareTime(full: string, isShort: boolean): Date {
  const [, minutes, seconds = "00", sign, hours = "0", more = "0"] = rareTime.exec(full) ?? [];
  if (minutes === undefined || (isShort && /[.,]/.test(full))) throw refused("its validity is not a date");
  const offset = (Number(hours) * 60 + Number(more)) * 60_000 * (sign === "-" ? -1 : 1);
  return new Date(dateOf(minutes + seconds).getTime() - offset);
}

/** Of `YYYYMMDDHHMMSS`, whatever follows. */
function dateOf(full: string): Date {
  const [year, month, day] = [digits(full, 0) * 100 + digits(full, 2), digits(full, 4), digits(full, 6)];
  const [hour, minute, second] = [digits(full, 8), digits(full, 10), digits(full, 12)];
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date takes February the 30th as a day in March, and the 25th hour as one of the next day.
  const isSame = date.getUTCDate() === day && date.getUTCHours() === hour && date.getUTCSeconds() === second;
  if (!isSame || minute > 59 || month > 12) throw refused("its validity is not a date");
  return date;
}

/** The number that two decimal digits say; NaN if they are none. */
function digits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Takes a DER certificate apart. Throws a FormatError if it is none. */
export function readTbsCertificate(der: Uint8Array): TbsCertificate {
  const file = new DerReader(der);
  const certificate = file.enter();
  file.end();
  const tbs = certificate.enter();
  const signatureAlgorithm = certificate.read(Tag.sequence);
  certificate.read(Tag.bitString);
  certificate.end();
  const version = tbs.optional(0xa0)?.inside().integer() ?? 0;
  tbs.read(Tag.integer);
  const algorithm = tbs.read(Tag.sequence);
  algorithm.inside().read(Tag.oid);
  if (!algorithm.equals(signatureAlgorithm)) throw refused("it names two signature algorithms");
  const issuer = tbs.read(Tag.sequence);
  if (issuer.size === 0) throw refused("it names no issuer");
  const validity = tbs.enter();
  const subject = tbs.read(Tag.sequence);
  const spki = tbs.read(Tag.sequence);
  checkPublicKey(spki.inside());
  tbs.optional(0x81);
  tbs.optional(0x82);
  const encodedExtensions = tbs.optional(0xa3);
  tbs.end();
  const extensions = encodedExtensions && listExtensions(encodedExtensions);
  if (extensions !== undefined && version !== 2) throw refused("it has extensions, but is not of version 3");
  return {
    version: version + 1,
    issuer,
    notBefore: readTime(validity.any()),
    notAfter: readTime(validity.any()),
    subject,
    spki,
    algorithm,
    extensions,
  };
}
