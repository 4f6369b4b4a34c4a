import type { Finding } from "../core/findings/findings.ts";
import type { Address } from "../core/system/network.ts";
import { type Certificate, parseCertificate } from "../formats/x509/certificate.ts";
import { FormatError } from "../formats/format-error.ts";
import { isoDay, nameOf } from "../tls/describe-certificate.ts";
import { endOfChain, findPath } from "../tls/find-path.ts";
import { hasName } from "../tls/host-name.ts";
import { peerProblems } from "./problems.ts";
import type { TlsRequirements } from "./tls-requirements.ts";

const { problem } = peerProblems;

/** Which server showed a chain, and what is asked of it. */
export interface Peer {
  readonly where: readonly string[];
  readonly address: Address;
  readonly tls: TlsRequirements;
  /** What the JVM will trust; undefined where that is not known. */
  readonly anchors: readonly Certificate[] | undefined;
  readonly now: Date;
}

/** Finds what would make Java end the handshake: a chain that ends nowhere, dates, another name. */
export function checkPeer(chain: readonly Uint8Array[], peer: Peer): readonly Finding[] {
  const certificates = parse(chain);
  const [leaf] = certificates;
  if (leaf === undefined) {
    const hint = "look at it with openssl s_client -showcerts";
    return [problem("untrusted", peer.where, "the server shows no certificate that can be read", hint)];
  }
  return [
    ...certificates.flatMap((certificate) => validity(certificate, certificate === leaf, peer)),
    ...trust(certificates, peer),
    ...name(leaf, peer),
  ];
}

function parse(chain: readonly Uint8Array[]): readonly Certificate[] {
  return chain.flatMap((der) => {
    try {
      return [parseCertificate(der)];
    } catch (error) {
      if (error instanceof FormatError) return [];
      throw error;
    }
  });
}

const day = 86_400_000;
const warnDays = 30;

/** Java looks at the dates of each certificate on the way, but not at those of what it trusts itself. */
function validity(certificate: Certificate, isLeaf: boolean, { where, anchors, now }: Peer): readonly Finding[] {
  if (!isLeaf && anchors?.some(({ sha256 }) => sha256 === certificate.sha256) === true) return [];
  const { notBefore, notAfter } = certificate;
  const called = nameOf(certificate);
  if (notAfter <= now) {
    const hint = "have the server's certificate renewed";
    return [problem("expired", where, `${called} expired on ${isoDay(notAfter)}`, hint)];
  }
  if (notBefore > now) {
    const hint = "check this machine's clock and the server's";
    return [problem("not-yet-valid", where, `${called} is not valid before ${isoDay(notBefore)}`, hint)];
  }
  const days = Math.floor((notAfter.getTime() - now.getTime()) / day);
  if (days >= warnDays) return [];
  const text = `${called} expires on ${isoDay(notAfter)}, in ${days === 1 ? "1 day" : `${days} days`}`;
  return [{ level: "warning", where, text, hint: "have the server's certificate renewed" }];
}

function trust(chain: readonly Certificate[], { where, anchors, tls }: Peer): readonly Finding[] {
  if (anchors === undefined) {
    const text = "not checked whether its certificate is trusted: there is no JDK here whose truststore could be read";
    return [{ level: "warning", where, text, hint: "set JAVA_HOME" }];
  }
  const [leaf, ...others] = chain;
  if (leaf === undefined) return [];
  const path = findPath(leaf, others, anchors);
  if (path === undefined) {
    const last = endOfChain(leaf, others);
    const text = `nothing that is trusted has issued ${nameOf(last)}; its issuer is ${last.issuer}`;
    const hint = `put the certificate of ${last.issuer} into the folder of ${tls.trustVariable}`;
    return [problem("untrusted", where, text, hint)];
  }
  const hint = "have the server's chain issued again by a CA that follows RFC 5280";
  return path.refusals.map((refusal) => problem("untrusted", where, `Java refuses the chain: ${refusal}`, hint));
}

function name(leaf: Certificate, { where, address: { host }, tls }: Peer): readonly Finding[] {
  if (hasName(leaf, host)) return [];
  const text = `the certificate of ${nameOf(leaf)} does not have the name ${host}`;
  if (tls.unverifiedBy !== undefined) {
    return [{ level: "warning", where, text: `${text}, and ${tls.unverifiedBy}=false lets it pass` }];
  }
  return [
    problem(
      "other-name",
      where,
      text,
      `address the server by a name of its certificate, or have one issued for ${host}`,
    ),
  ];
}
