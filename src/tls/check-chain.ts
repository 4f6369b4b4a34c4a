import type { Notice, Problem } from "../core/problem.ts";
import { type Certificate, isIssuedBy } from "../formats/x509/certificate.ts";
import { isoDay, nameOf } from "./describe-certificate.ts";
import type { Finding } from "../core/findings.ts";
import type { Identity, Material } from "./material.ts";
import { tlsProblems } from "./problems.ts";

type Anchors = NonNullable<Material["anchors"]>;

/** Whether the chain leads up to an anchor: what a peer with the same truststore will find. */
export function checkChain({ where, chain }: Identity, anchors: Anchors): readonly Finding[] {
  const known = new Set(anchors.certificates.map(({ sha256 }) => sha256));
  for (const [index, certificate] of chain.entries()) {
    if (known.has(certificate.sha256) || anchors.certificates.some((anchor) => isIssuedBy(certificate, anchor)))
      return [];
    const next = chain[index + 1];
    if (next === undefined || !isIssuedBy(certificate, next)) return [brokenChain(certificate, where, anchors)];
  }
  return [];
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
