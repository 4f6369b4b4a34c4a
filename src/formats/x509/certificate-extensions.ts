import { type DerReader, type DerValue, Tag } from "./der.ts";
import { formatIp } from "./ip-address.ts";
import { refused } from "./refused.ts";

/** RFC 5280, 4.2.1.3, in the order of its bits. */
const keyUsages = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

export type KeyUsage = (typeof keyUsages)[number];

/** RFC 5280, 4.2.1.12: those that TLS asks for. */
export const extendedKeyUsageOids = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  anyExtendedKeyUsage: "2.5.29.37.0",
} as const;

const extendedKeyUsageNames: ReadonlyMap<string, string> = new Map(
  Object.entries(extendedKeyUsageOids).map(([name, oid]) => [oid, name]),
);

export interface SubjectAltNames {
  readonly dns: readonly string[];
  /** `10.0.0.1`, or IPv6 in its short form (RFC 5952). */
  readonly ip: readonly string[];
}

export interface CertificateExtensions {
  /** Basic constraints say that it may issue certificates. */
  readonly isCa: boolean;
  /** How many CAs may stand below it; undefined: any number. */
  readonly pathLength: number | undefined;
  /** Critical extensions that Java's PKIX does not process, as dotted OIDs. */
  readonly unknownCritical: readonly string[];
  readonly hasNameConstraints: boolean;
  readonly subjectAltNames: SubjectAltNames;
  /** Undefined: the extension is absent, so every usage is allowed. */
  readonly keyUsage: readonly KeyUsage[] | undefined;
  /** `serverAuth`, `clientAuth`, `anyExtendedKeyUsage`, or a dotted OID. Undefined: absent, so every usage is allowed. */
  readonly extendedKeyUsage: readonly string[] | undefined;
}

function readSubjectAltNames(value: DerReader): SubjectAltNames {
  const dns: string[] = [];
  const ip: string[] = [];
  for (const names = value.enter(); !names.atEnd;) {
    const { tag, content } = names.any();
    if (tag === 0x82) dns.push(Buffer.from(content).toString("latin1"));
    if (tag === 0x87) ip.push(formatIp(content));
  }
  return { dns, ip };
}

function readKeyUsage(value: DerReader): KeyUsage[] {
  const [, ...octets] = value.read(Tag.bitString).content;
  return keyUsages.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function readExtendedKeyUsage(value: DerReader): string[] {
  const usages: string[] = [];
  for (const oids = value.enter(); !oids.atEnd;) {
    const oid = oids.oid();
    usages.push(extendedKeyUsageNames.get(oid) ?? oid);
  }
  return usages;
}

function isTrue(flag: DerValue | undefined): boolean {
  return flag !== undefined && flag.firstOctet !== 0;
}

function readIsCa(value: DerReader): boolean {
  return isTrue(value.enter().optional(Tag.boolean));
}

function readPathLength(value: DerReader): number | undefined {
  const constraints = value.enter();
  constraints.optional(Tag.boolean);
  return constraints.atEnd ? undefined : constraints.integer();
}

/** Key usage, names, basic and name constraints, policies and their like: what sun.security.provider.certpath and validator process. */
const processed: ReadonlySet<string> = new Set([
  ..."15 17 18 19 30 32 33 36 37 54".split(" ").map((arc) => `2.5.29.${arc}`),
  "2.16.840.1.113730.1.1",
]);

/** An extension whose value, an OCTET STRING, is still encoded. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: DerValue;
}

/** Throws a FormatError for anything that is not a list of extensions (RFC 5280, 4.1). */
export function listExtensions(extensions: DerValue): Extension[] {
  const list: Extension[] = [];
  for (const reader = extensions.inside().enter(); !reader.atEnd;) {
    const extension = reader.enter();
    const oid = extension.oid();
    const critical = isTrue(extension.optional(Tag.boolean));
    const value = extension.read(Tag.octetString);
    extension.end();
    if (list.some((other) => other.oid === oid)) throw refused(`it has the extension ${oid} twice`);
    list.push({ oid, critical, value });
  }
  return list;
}

const basicConstraints = "2.5.29.19";
const subjectAltName = "2.5.29.17";

/** Whether the certificate has a name where its subject is empty, as RFC 5280, 4.1.2.6 wants it. */
export function hasCriticalSubjectAltName(extensions: readonly Extension[]): boolean {
  const extension = extensions.find(({ oid }) => oid === subjectAltName);
  return extension !== undefined && extension.critical && !extension.value.inside().enter().atEnd;
}

/** Whether basic constraints say that the certificate may issue others. */
export function isCa(extensions: readonly Extension[]): boolean {
  const extension = extensions.find(({ oid }) => oid === basicConstraints);
  return extension !== undefined && readIsCa(extension.value.inside());
}

export function readExtensions(extensions: readonly Extension[]): CertificateExtensions {
  const values = new Map(extensions.map(({ oid, value }) => [oid, value]));
  const read = <T>(oid: string, reader: (value: DerReader) => T): T | undefined => {
    const value = values.get(oid);
    return value === undefined ? undefined : reader(value.inside());
  };
  return {
    isCa: isCa(extensions),
    pathLength: read(basicConstraints, readPathLength),
    unknownCritical: extensions.filter(({ oid, critical }) => critical && !processed.has(oid)).map(({ oid }) => oid),
    hasNameConstraints: values.has("2.5.29.30"),
    subjectAltNames: read(subjectAltName, readSubjectAltNames) ?? { dns: [], ip: [] },
    keyUsage: read("2.5.29.15", readKeyUsage),
    extendedKeyUsage: read("2.5.29.37", readExtendedKeyUsage),
  };
}
