import type { Problem } from "../core/findings/problem.ts";
import type { Certificate } from "../formats/x509/certificate.ts";
import { checkChain, checkAnchors } from "./check-chain.ts";
import { isoDay, nameOf } from "./describe-certificate.ts";
import type { Finding } from "../core/findings/findings.ts";
import type { Identity, Material } from "./material.ts";
import { tlsProblems } from "./problems.ts";

/** What Flink will use a certificate for. */
export type Usage = "serverAuth" | "clientAuth";

const day = 86_400_000;
const warnDays = 30;

/** Finds, without a network, what would make a handshake fail: dates, usages, keys, and a chain that ends nowhere. */
export function checkMaterial(material: Material, usages: readonly Usage[], now: Date): readonly Finding[] {
  const { anchors } = material;
  return [
    ...material.identities.flatMap((identity) => [
      ...identity.chain.flatMap((certificate) => validity(certificate, identity.where, now)),
      ...(isTrustedItself(identity, anchors) ? [] : usage(identity, usages)),
      ...keyStrength(identity),
      ...(anchors === undefined ? [] : checkChain(identity, anchors, usages.includes("clientAuth"))),
    ]),
    ...(anchors === undefined ? [] : checkAnchors(material, anchors, now)),
  ];
}

/** Java asks for no usage of a certificate that stands in the truststore itself (sun.security.validator.Validator). */
function isTrustedItself({ leaf }: Identity, anchors: Material["anchors"]): boolean {
  return anchors?.certificates.some(({ sha256 }) => sha256 === leaf.sha256) === true;
}

function validity(certificate: Certificate, where: readonly string[], now: Date): readonly Finding[] {
  const { notBefore, notAfter } = certificate;
  if (notAfter <= now) {
    return [
      tlsProblems.problem(
        "expired",
        where,
        `${nameOf(certificate)} expired on ${isoDay(notAfter)}`,
        "have it renewed, and restart",
      ),
    ];
  }
  if (notBefore > now) {
    const text = `${nameOf(certificate)} is not valid before ${isoDay(notBefore)}`;
    return [tlsProblems.problem("not-yet-valid", where, text, "check this machine's clock, or wait")];
  }
  const days = Math.floor((notAfter.getTime() - now.getTime()) / day);
  if (days >= warnDays) return [];
  const text = `${nameOf(certificate)} expires on ${isoDay(notAfter)}, in ${days === 1 ? "1 day" : `${days} days`}`;
  return [
    {
      level: "warning",
      where,
      text,
      hint: "have it renewed, and restart: Flink reads certificates only when it starts",
    },
  ];
}

/** Java asks for these of the certificate at the other end (sun.security.validator.EndEntityChecker). */
function usage({ where, details }: Identity, usages: readonly Usage[]): readonly Finding[] {
  const { keyUsage, extendedKeyUsage } = details;
  const problems: Problem[] = [];
  const missing = usages.filter((one) => extendedKeyUsage !== undefined && !extendedKeyUsage.includes(one));
  if (missing.length > 0 && !extendedKeyUsage?.includes("anyExtendedKeyUsage")) {
    const text = `its extended key usage lacks ${missing.join(" and ")}`;
    problems.push(tlsProblems.problem("wrong-usage", where, text, `have it issued for ${usages.join(" and ")}`));
  }
  if (keyUsage !== undefined && !keyUsage.includes("digitalSignature")) {
    problems.push(
      tlsProblems.problem(
        "wrong-usage",
        where,
        "its key usage lacks digitalSignature",
        "have it issued with the key usage digitalSignature",
      ),
    );
  }
  return problems;
}

/** As OpenSSL calls P-256, P-384 and P-521: TLS in Java has no others for signatures (sun.security.ssl.SignatureScheme). */
const curves: readonly (string | undefined)[] = ["prime256v1", "secp384r1", "secp521r1"];

/** The JDK's jdk.certpath.disabledAlgorithms has `RSA keySize < 1024`. */
function keyStrength({ where, details: { keyType, keyBits, curve } }: Identity): readonly Finding[] {
  if (keyType === "other") {
    const hint = "have the certificate issued for an RSA or EC key";
    return [tlsProblems.problem("unsupported-key", where, "its key is neither RSA nor EC", hint)];
  }
  if (keyType === "ec") {
    if (curves.includes(curve)) return [];
    const text = `its EC key is on ${curve === undefined ? "an unnamed curve" : `the curve ${curve}`}, which Java's TLS does not use`;
    return [tlsProblems.problem("unsupported-key", where, text, "have it issued for a key on P-256, P-384 or P-521")];
  }
  if (keyBits < 1024) {
    const text = `its RSA key has ${keyBits} bits, and Java refuses fewer than 1024`;
    return [
      tlsProblems.problem(
        "weak-key",
        where,
        text,
        "have the certificate issued for a longer key, such as RSA with 3072 bits",
      ),
    ];
  }
  if (keyBits >= 2048) return [];
  return [{ level: "warning", where, text: `its RSA key has only ${keyBits} bits`, hint: "use at least 2048" }];
}
