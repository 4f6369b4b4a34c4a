import type { Finding } from "../core/findings/findings.ts";
import { type Address, type Connection, type Network, NetworkFailure } from "../core/system/network.ts";
import type { Certificate } from "../formats/x509/certificate.ts";
import { checkPeer } from "./peer.ts";
import type { TlsRequirements } from "./tls-requirements.ts";
import { peerProblems } from "./problems.ts";

const { problem } = peerProblems;

/** What can be connected to, and how. */
export interface Destination {
  readonly where: readonly string[];
  readonly address: Address;
  readonly tls: TlsRequirements;
}

/** A verified TLS connection, or the findings that explain why there is none. */
export interface Secured {
  readonly connection?: Connection;
  readonly findings: readonly Finding[];
}

/**
 * Connects by TLS, and verifies as Java would. Throws NetworkFailure where there is no TLS to be had: the caller knows what else
 * may be there.
 */
export async function connectTrusted(
  { where, address, tls }: Destination,
  network: Network,
  anchors: () => readonly Certificate[] | undefined,
): Promise<Secured> {
  try {
    const connection = await network.connectTls(address, tls.identity);
    const peer = { where, address, tls, anchors: anchors(), now: network.now() };
    const findings = checkPeer(connection.chain, peer);
    if (!findings.some((finding) => "code" in finding)) return { connection, findings };
    connection.close();
    return { findings };
  } catch (error) {
    if (error instanceof NetworkFailure && error.kind === "alert") return { findings: [alert(where, error, tls)] };
    throw error;
  }
}

/** An alert during the handshake or after it: with TLS 1.3, a client's certificate is judged only then. */
export function alert(
  where: readonly string[],
  { message }: NetworkFailure,
  { identity, identityHint }: TlsRequirements,
): Finding {
  if (/certificate|unknown ca|handshake failure/i.test(message)) {
    const hint =
      identity === undefined ? identityHint : "have the client's certificate issued by a CA that the server trusts";
    const what = identity === undefined ? "asks for a client certificate" : "does not take the client's certificate";
    return problem("client-certificate", where, `the server ${what} (${message})`, hint);
  }
  const hint = "have the server offer TLS 1.2 or 1.3 with suites that Java has";
  return problem("no-handshake", where, `the server ends the TLS handshake: ${message}`, hint);
}
