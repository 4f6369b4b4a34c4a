import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import {
  derBitString,
  derBoolean,
  derExplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTime,
} from "../../src/formats/x509/der-write.ts";
import { Tag } from "../../src/formats/x509/der.ts";
import { extensionDer, nameDer } from "./certificate-der.ts";

export const keyKinds = [
  "rsa2048",
  "rsa1024",
  "rsa768",
  "prime256v1",
  "secp384r1",
  "secp521r1",
  "secp256k1",
  "brainpoolP256r1",
] as const;

export type KeyKind = (typeof keyKinds)[number];

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Some keys of each kind: making them takes longest. */
const pools = new Map<KeyKind, readonly KeyPair[]>();

export function keyPair(kind: KeyKind, index: number): KeyPair {
  const pool = pools.get(kind) ?? Array.from({ length: 3 }, () => generate(kind));
  pools.set(kind, pool);
  const found = pool[index % pool.length];
  if (found === undefined) throw new Error("a pool is empty");
  return found;
}

function generate(kind: KeyKind): KeyPair {
  if (kind.startsWith("rsa")) return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(3)) });
  return generateKeyPairSync("ec", { namedCurve: kind });
}

export type Usage = "digitalSignature" | "keyCertSign" | "keyEncipherment";

/** A certificate of any shape: undefined leaves an extension out. */
export interface AnyCertificate {
  readonly subject: string;
  readonly keys: KeyPair;
  readonly issuer: { readonly subject: string; readonly keys: KeyPair };
  readonly serial: number;
  readonly digest: "md5" | "sha1" | "sha256";
  readonly version: 1 | 3;
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | undefined } | undefined;
  readonly keyUsage: readonly Usage[] | undefined;
  readonly extendedKeyUsage: readonly ("serverAuth" | "clientAuth" | "any" | "codeSigning")[] | undefined;
  readonly unknownExtension: "critical" | "other" | undefined;
}

const usageBits: Readonly<Record<Usage, number>> = { digitalSignature: 0x80, keyEncipherment: 0x20, keyCertSign: 0x04 };
const extendedUsages = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  any: "2.5.29.37.0",
  codeSigning: "1.3.6.1.5.5.7.3.3",
} as const;
const signatures = {
  rsa: { md5: "1.2.840.113549.1.1.4", sha1: "1.2.840.113549.1.1.5", sha256: "1.2.840.113549.1.1.11" },
  // There is no ECDSA with MD5.
  ec: { md5: "1.2.840.10045.4.1", sha1: "1.2.840.10045.4.1", sha256: "1.2.840.10045.4.3.2" },
} as const;

/** Issues it, as DER. */
export function issueAny(shape: AnyCertificate): Buffer {
  const kind = shape.issuer.keys.privateKey.asymmetricKeyType === "rsa" ? "rsa" : "ec";
  const digest = kind === "ec" && shape.digest === "md5" ? "sha1" : shape.digest;
  const algorithm = derSequence(derOid(signatures[kind][digest]), ...(kind === "rsa" ? [derNull()] : []));
  const extensions = shape.version === 1 ? [] : extensionsOf(shape);
  const tbs = derSequence(
    ...(shape.version === 1 ? [] : [derExplicit(0, derInteger(2))]),
    derInteger(shape.serial),
    algorithm,
    name(shape.issuer.subject),
    derSequence(derTime(new Date("2026-01-01T00:00:00Z")), derTime(new Date("2045-01-01T00:00:00Z"))),
    name(shape.subject),
    shape.keys.publicKey.export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [derExplicit(3, derSequence(...extensions))]),
  );
  return derSequence(tbs, algorithm, derBitString(sign(digest, tbs, shape.issuer.keys.privateKey)));
}

function name(text: string): Buffer {
  return nameDer([["2.5.4.3", Tag.utf8String, Buffer.from(text)]]);
}

function extensionsOf(shape: AnyCertificate): readonly Buffer[] {
  const { basicConstraints, keyUsage, extendedKeyUsage, unknownExtension } = shape;
  const found: Buffer[] = [];
  if (basicConstraints !== undefined) {
    const { ca, pathLength } = basicConstraints;
    const length = ca && pathLength !== undefined ? [derInteger(pathLength)] : [];
    found.push(extensionDer("2.5.29.19", true, derSequence(...(ca ? [derBoolean(true)] : []), ...length)));
  }
  if (keyUsage !== undefined) {
    const bits = keyUsage.reduce((sum, usage) => sum | usageBits[usage], 0);
    found.push(extensionDer("2.5.29.15", true, derBitString(Uint8Array.of(bits), 0)));
  }
  if (extendedKeyUsage !== undefined) {
    const oids = extendedKeyUsage.map((usage) => derOid(extendedUsages[usage]));
    found.push(extensionDer("2.5.29.37", false, derSequence(...oids)));
  }
  if (unknownExtension !== undefined) {
    found.push(extensionDer("1.3.6.1.4.1.55555.1", unknownExtension === "critical", derOctetString(Buffer.from("x"))));
  }
  return found;
}
