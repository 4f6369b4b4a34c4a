import { FormatError } from "../format-error.ts";
import { type DerReader, Tag } from "../x509/der.ts";
import { der, derExplicit, derInteger, derOctetString, derSequence } from "../x509/der-write.ts";

const generalString = 0x1b;

/** Identifier octet of `[APPLICATION n]`, by which Kerberos tells its messages apart (RFC 4120, 5). */
export const Application = {
  ticket: 0x61,
  authenticator: 0x62,
  asReq: 0x6a,
  asRep: 0x6b,
  apReq: 0x6e,
  encAsRepPart: 0x79,
  /** What MIT's KDC has sent in an AS-REP too. */
  encTgsRepPart: 0x7a,
  error: 0x7e,
} as const;

/** What a key encrypts (RFC 4120, 7.5.1). */
export const Usage = { encryptedTimestamp: 1, asRep: 3, authenticator: 11 } as const;

/** A principal's kind of name (RFC 4120, 6.2). */
const nameTypes = { principal: 1, instance: 2, host: 3 } as const;

export function kerberosString(text: string): Buffer {
  return der(generalString, Buffer.from(text, "utf8"));
}

/** Whole seconds, UTC. */
export function kerberosTime(date: Date): Buffer {
  const digits = date.toISOString().slice(0, 19).replaceAll(/\D/g, "");
  return der(Tag.generalizedTime, Buffer.from(`${digits}Z`, "ascii"));
}

/** `name/host` as PrincipalName. */
export function principalName(name: string): Buffer {
  const [first = "", ...rest] = name.split("/");
  const type = first === "krbtgt" ? nameTypes.instance : rest.length > 0 ? nameTypes.host : nameTypes.principal;
  const parts = [first, ...rest].map(kerberosString);
  return derSequence(derExplicit(0, derInteger(type)), derExplicit(1, derSequence(...parts)));
}

/** `name/host@REALM` in two. */
export function splitPrincipal(principal: string): { readonly name: string; readonly realm: string } {
  const at = principal.lastIndexOf("@");
  return { name: principal.slice(0, at), realm: principal.slice(at + 1) };
}

/** EncryptedData. */
export interface EncryptedPart {
  readonly type: number;
  readonly kvno: number | undefined;
  readonly text: Uint8Array;
}

export function encryptedData(type: number, text: Uint8Array): Buffer {
  return derSequence(derExplicit(0, derInteger(type)), derExplicit(2, derOctetString(text)));
}

export function readEncryptedData(reader: DerReader): EncryptedPart {
  const fields = readFields(reader.enter());
  const kvno = fields.get(1);
  return { type: need(fields, 0).integer(), kvno: kvno?.integer(), text: need(fields, 2).octetString() };
}

/** The members of a SEQUENCE by the number of their tag. */
export function readFields(sequence: DerReader): ReadonlyMap<number, DerReader> {
  const fields = new Map<number, DerReader>();
  while (!sequence.atEnd) {
    const value = sequence.any();
    fields.set(value.tag & 0x1f, value.inside());
  }
  return fields;
}

export function need(fields: ReadonlyMap<number, DerReader>, number: number): DerReader {
  const found = fields.get(number);
  if (found !== undefined) return found;
  throw new FormatError("a Kerberos message lacks a part", "check that a KDC answers there");
}

export function readKerberosString(reader: DerReader): string {
  return reader.read(generalString).text("utf8");
}

/** @throws FormatError for anything but `20260615120000Z` */
export function readKerberosTime(reader: DerReader): Date {
  const text = reader.read(Tag.generalizedTime).text("latin1");
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) throw new FormatError("a Kerberos message has no time", "check that a KDC answers there");
  const [year = 0, month = 1, day, hour, minute, second] = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}
