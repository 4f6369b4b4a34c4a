import type { Finding } from "../core/findings/findings.ts";
import type { Notice, Problem } from "../core/findings/problem.ts";
import type { Certificate } from "../formats/x509/certificate.ts";
import { canonicalName } from "../formats/x509/distinguished-name.ts";
import { isoDay, nameOf } from "./describe-certificate.ts";
import { endOfChain, findPath } from "./find-path.ts";
import type { Identity, Material } from "./material.ts";
import { tlsProblems } from "./problems.ts";

type Anchors = NonNullable<Material["anchors"]>;

/** Whether the chain leads up to an anchor, by a path that Java accepts: what a peer with the same truststore finds. */
export function checkChain({ where, leaf, chain }: Identity, anchors: Anchors, mutual: boolean): readonly Finding[] {
  const path = findPath(leaf, chain, anchors.certificates);
  if (path === undefined) return [brokenChain(endOfChain(leaf, chain), where, anchors)];
  const hint = "have the chain issued again by a CA that follows RFC 5280; sluice certs --ca makes one";
  if (path.refusals.length > 0) {
    return path.refusals.map((refusal) =>
      tlsProblems.problem("chain-refused", where, `Java refuses the chain: ${refusal}`, hint),
    );
  }
  if (mutual && !isOffered(path.chain, anchors)) {
    const text = `a Java client does not send ${nameOf(leaf)}: nothing in ${anchors.where.at(-1) ?? ""} is called ${leaf.issuer}`;
    return [tlsProblems.problem("chain-incomplete", where, text, `trust the certificate of ${leaf.issuer} as well`)];
  }
  if (!path.hasNameConstraints) return [];
  const text = "a CA of the chain restricts the names that it may issue; Sluice does not check them";
  return [
    { level: "warning", where, text, hint: "see that the certificate's names are within the CA's name constraints" },
  ];
}

/**
 * Whether a client sends the chain: servers name their anchors in the request for a certificate, and Java's key manager looks for
 * an issuer among these (sun.security.ssl.X509KeyManagerImpl).
 */
function isOffered(chain: readonly Certificate[], { certificates }: Anchors): boolean {
  const names = new Set(certificates.map(({ subject }) => canonicalName(subject)));
  return chain.some(({ issuer }) => names.has(canonicalName(issuer)));
}

function brokenChain(
  last: Certificate,
  where: readonly string[],
  { where: anchorsWhere, certificates }: Anchors,
): Problem {
  const namesake = certificates.some(({ subject }) => subject === last.issuer);
  const store = anchorsWhere.at(-1) ?? "";
  const text = namesake
    ? `${store} has a certificate of ${last.issuer}, but another one with that name issued ${nameOf(last)}`
    : `nothing in ${store} issued ${nameOf(last)}; its issuer is ${last.issuer}`;
  return tlsProblems.problem(
    "chain-incomplete",
    where,
    text,
    `add the certificate of ${last.issuer} to ${store}, or the missing intermediate certificates to ${where.at(-1) ?? ""}`,
  );
}

/** Java trusts expired anchors all the same. */
export function checkAnchors(
  { identities }: Material,
  { where, certificates }: Anchors,
  now: Date,
): readonly Finding[] {
  const own = new Set(identities.flatMap(({ chain }) => chain.map(({ sha256 }) => sha256)));
  return certificates
    .filter(({ notAfter, sha256 }) => notAfter <= now && !own.has(sha256))
    .map((anchor): Notice => ({
      level: "warning",
      where,
      text: `${nameOf(anchor)} expired on ${isoDay(anchor.notAfter)}`,
      hint: "take it out",
    }));
}
