import {
  type Certificate,
  type CertificateDetails,
  certificateDetails,
  isIssuedBy,
} from "../formats/x509/certificate.ts";
import { FormatError } from "../formats/format-error.ts";
import { nameOf } from "./describe-certificate.ts";

/** A way from a certificate up to a trust anchor, and what Java's PKIX refuses of it. */
export interface Path {
  /** Leaf first, without the anchor. */
  readonly chain: readonly Certificate[];
  readonly anchor: Certificate;
  /** Sentences; none: Java accepts the path. */
  readonly refusals: readonly string[];
  /** Restrictions of names, which are not checked here. */
  readonly hasNameConstraints: boolean;
}

/** Of certificates or keys that are longer than any in use, and of loops. */
const longest = 10;

/**
 * Finds a path as Java does (sun.security.validator.PKIXValidator): over any of the other certificates, in any order, to an anchor.
 * The first one that Java accepts, or else the first that leads to an anchor; undefined if none does. A leaf that is an anchor itself
 * is accepted as it is.
 */
export function findPath(
  leaf: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
): Path | undefined {
  const own = anchors.find(({ sha256 }) => sha256 === leaf.sha256);
  if (own !== undefined) return { chain: [leaf], anchor: own, refusals: [], hasNameConstraints: false };
  let best: Path | undefined;
  for (const path of paths([leaf], others, anchors)) {
    if (path.refusals.length === 0) return path;
    best ??= path;
  }
  return best;
}

/** The certificate where a chain ends, from issuer to issuer. */
export function endOfChain(leaf: Certificate, others: readonly Certificate[]): Certificate {
  const seen = [leaf];
  for (let last = leaf; ;) {
    const issuer = others.find((one) => !seen.includes(one) && isIssuedBy(last, one));
    if (issuer === undefined) return last;
    seen.push(issuer);
    last = issuer;
  }
}

function* paths(
  chain: readonly Certificate[],
  others: readonly Certificate[],
  anchors: readonly Certificate[],
): Generator<Path> {
  const last = chain.at(-1);
  if (last === undefined || chain.length > longest) return;
  for (const anchor of anchors) if (isIssuedBy(last, anchor)) yield checked(chain, anchor);
  for (const other of others) {
    const isNew = chain.every(({ sha256 }) => sha256 !== other.sha256);
    if (!isNew || !isIssuedBy(last, other)) continue;
    if (anchors.some(({ sha256 }) => sha256 === other.sha256)) continue;
    yield* paths([...chain, other], others, anchors);
  }
}

function checked(chain: readonly Certificate[], anchor: Certificate): Path {
  try {
    return { chain, anchor, ...examine(chain, anchor) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { chain, anchor, refusals: [`an extension is damaged: ${error.message}`], hasNameConstraints: false };
  }
}

function examine(chain: readonly Certificate[], anchor: Certificate): Pick<Path, "refusals" | "hasNameConstraints"> {
  const details = chain.map((certificate) => ({ certificate, ...certificateDetails(certificate) }));
  const [leaf, ...issuers] = details;
  const refusals = [
    ...(leaf === undefined ? [] : common(leaf)),
    ...issuers.flatMap((issuer, index) => [
      ...common(issuer),
      ...issuing(issuer, issuer.certificate),
      // Those that issued themselves do not count (RFC 5280, 4.2.1.9).
      ...length(
        issuer,
        issuers.slice(0, index).filter(({ certificate }) => certificate.subject !== certificate.issuer).length,
      ),
    ]),
    ...anchorRefusals(anchor),
  ];
  return { refusals, hasNameConstraints: issuers.some((issuer) => issuer.hasNameConstraints) };
}

type Detailed = CertificateDetails & { readonly certificate: Certificate };

/** jdk.certpath.disabledAlgorithms of Java 11 to 25 has MD2 and MD5. */
const disabled: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.2", "MD2"],
  ["1.2.840.113549.1.1.4", "MD5"],
]);

function common({ certificate, signatureAlgorithm, unknownCritical }: Detailed): readonly string[] {
  const hash = disabled.get(signatureAlgorithm);
  return [
    ...(hash === undefined ? [] : [`${nameOf(certificate)} is signed with ${hash}`]),
    ...unknownCritical.map(
      (oid) => `${nameOf(certificate)} has the critical extension ${oid}, which Java does not know`,
    ),
  ];
}

/** sun.security.provider.certpath.ConstraintsChecker and KeyChecker; for the anchor also PKIXCertPathValidator, since Java 8u261. */
function issuing(details: CertificateDetails, certificate: Certificate): readonly string[] {
  const { keyUsage, keyType, keyBits } = details;
  return [
    ...(details.isCa ? [] : [`${nameOf(certificate)} is not a CA by its basic constraints`]),
    ...(keyUsage === undefined || keyUsage.includes("keyCertSign")
      ? []
      : [`the key usage of ${nameOf(certificate)} lacks keyCertSign`]),
    ...weak(certificate, keyType, keyBits),
  ];
}

/** jdk.certpath.disabledAlgorithms: RSA keySize < 1024, EC keySize < 224. */
function weak(certificate: Certificate, keyType: CertificateDetails["keyType"], keyBits: number): readonly string[] {
  const least = { rsa: 1024, ec: 224, other: 0 }[keyType];
  return keyBits < least ? [`the key of ${nameOf(certificate)} has only ${keyBits} bits`] : [];
}

function length({ certificate, pathLength }: Detailed, below: number): readonly string[] {
  if (pathLength === undefined || below <= pathLength) return [];
  return [`${nameOf(certificate)} allows ${pathLength} CAs below it, and there are ${below}`];
}

/** Roots of version 1 have no extensions, and are taken. */
function anchorRefusals(anchor: Certificate): readonly string[] {
  const details = certificateDetails(anchor);
  return details.version === 3 ? issuing(details, anchor) : weak(anchor, details.keyType, details.keyBits);
}
