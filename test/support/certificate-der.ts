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
  derSet,
  derTime,
} from "../../src/formats/x509/der-write.ts";
import { Tag } from "../../src/formats/x509/der.ts";
import { identity } from "./identities.ts";

const sha256WithRsa = derSequence(derOid("1.2.840.113549.1.1.11"), derNull());
const sha1WithRsa = derSequence(derOid("1.2.840.113549.1.1.5"), derNull());

/** An attribute of a name: its OID, the tag of its text, and the text's octets. */
export type Attribute = readonly [oid: string, tag: number, octets: Uint8Array];

/** A Name, outermost first; several attributes in one make a multi-valued one. */
export function nameDer(...relative: readonly (readonly Attribute[])[]): Buffer {
  const attribute = ([oid, tag, octets]: Attribute) => derSequence(derOid(oid), der(tag, octets));
  return derSequence(...relative.map((attributes) => derSet(...attributes.map(attribute))));
}

export function extensionDer(oid: string, critical: boolean, value: Uint8Array): Buffer {
  return derSequence(derOid(oid), ...(critical ? [derBoolean(true)] : []), derOctetString(value));
}

export interface CertificateShape {
  readonly version?: number;
  readonly issuer?: Uint8Array;
  readonly subject?: Uint8Array;
  readonly notBefore?: Uint8Array;
  readonly spki?: Uint8Array;
  readonly extensions?: readonly Uint8Array[];
  readonly otherAlgorithm?: boolean;
  /** Follows the certificate's own fields. */
  readonly more?: Uint8Array;
}

const example = nameDer([["2.5.4.3", Tag.utf8String, Buffer.from("Example")]]);

/** A certificate of any shape, also of those that may not be. Its signature is none. */
export function certificateDer(shape: CertificateShape = {}): Buffer {
  const spki = shape.spki ?? identity("rsa").keyPair.publicKey.export({ type: "spki", format: "der" });
  const notBefore = shape.notBefore ?? derTime(new Date("2026-01-01T00:00:00Z"));
  const tbs = derSequence(
    derExplicit(0, derInteger(shape.version ?? 2)),
    derInteger(1),
    sha256WithRsa,
    shape.issuer ?? example,
    derSequence(notBefore, derTime(new Date("2050-01-01T00:00:00Z"))),
    shape.subject ?? example,
    spki,
    ...(shape.extensions === undefined ? [] : [derExplicit(3, derSequence(...shape.extensions))]),
  );
  const algorithm = shape.otherAlgorithm === true ? sha1WithRsa : sha256WithRsa;
  return derSequence(
    tbs,
    algorithm,
    derBitString(Buffer.alloc(256)),
    ...(shape.more === undefined ? [] : [shape.more]),
  );
}

const hosts = derSequence(der(0x82, Buffer.from("example.com")));

function ecSpki(parameters: Uint8Array): Buffer {
  const point = Buffer.concat([Uint8Array.of(4), Buffer.alloc(64, 1)]);
  return derSequence(derSequence(derOid("1.2.840.10045.2.1"), parameters), derBitString(point));
}

function rsaSpki(modulus: Uint8Array, exponent: Uint8Array): Buffer {
  const key = derSequence(derInteger(modulus), derInteger(exponent));
  return derSequence(derSequence(derOid("1.2.840.113549.1.1.1"), derNull()), derBitString(key));
}

/** Certificates that Java reads, and so do we. */
export const acceptedCertificates: Readonly<Record<string, Buffer>> = {
  "a well-formed one": certificateDer(),
  "one whose RSA key has 505 bits": certificateDer({
    spki: rsaSpki(Buffer.concat([Uint8Array.of(1), Buffer.alloc(63, 0xff)]), Uint8Array.of(3)),
  }),
};

/** Certificates that Java refuses, each with what we say of it. */
export const refusedCertificates: Readonly<Record<string, Buffer>> = {
  "it names no issuer": certificateDer({ issuer: nameDer() }),
  "it names no subject": certificateDer({ subject: nameDer(), extensions: [extensionDer("2.5.29.17", false, hosts)] }),
  "it names two signature algorithms": certificateDer({ otherAlgorithm: true }),
  "it has extensions, but is not of version 3": certificateDer({ version: 0, extensions: [] }),
  "its validity is not a date": certificateDer({ notBefore: der(Tag.utcTime, Buffer.from("261301000000Z")) }),
  "it has the extension 2.5.29.17 twice": certificateDer({
    extensions: [extensionDer("2.5.29.17", false, hosts), extensionDer("2.5.29.17", false, hosts)],
  }),
  "its EC key has explicit parameters instead of a named curve": certificateDer({
    spki: ecSpki(derSequence(derInteger(1))),
  }),
  "its EC key is on the curve 1.2.156.10197.1.301, which Java does not know": certificateDer({
    spki: ecSpki(derOid("1.2.156.10197.1.301")),
  }),
  "its RSA key has 503 bits": certificateDer({ spki: rsaSpki(Buffer.alloc(63, 0x7f), Uint8Array.of(3)) }),
  "its RSA key has 16392 bits": certificateDer({ spki: rsaSpki(Buffer.alloc(2049, 0xff), Uint8Array.of(3)) }),
  "the exponent of its RSA key has 65 bits": certificateDer({
    spki: rsaSpki(Buffer.alloc(512, 0xff), Buffer.concat([Uint8Array.of(1), Buffer.alloc(8, 1)])),
  }),
  "the exponent of its RSA key has 1 bits": certificateDer({
    spki: rsaSpki(Buffer.alloc(256, 0xff), Uint8Array.of(1)),
  }),
  "more follows after its end": certificateDer({ more: derNull() }),
};
