import { type Address, type Network, NetworkFailure } from "../../core/system/network.ts";
import { authenticatorToEncrypt, writeGssToken } from "../../formats/kerberos/gss-token.ts";
import { Usage } from "../../formats/kerberos/message-parts.ts";
import type { Ticket } from "./client.ts";
import { nonce } from "./nonce.ts";

/** GSS-API's first token, made now: a service takes it only within some minutes, and once. */
export function presentTicket({ client, realm, bytes, sessionKey }: Ticket, network: Network): Uint8Array {
  const authenticator = authenticatorToEncrypt({ client, realm, now: network.now(), sequenceNumber: nonce(network) });
  const { type, key } = sessionKey;
  const text = network.usableKey(type, key).encrypt(Usage.authenticator, authenticator);
  return writeGssToken(bytes, { type, text });
}

/** The names that a host's addresses lead back to, in lower case; none where DNS does not know it. */
export async function canonicalNames(host: string, network: Network): Promise<readonly string[]> {
  try {
    const addresses = await network.lookup(host);
    const names = await Promise.all(addresses.slice(0, 2).map((ip) => network.reverse(ip)));
    return names.flat().map((name) => name.toLowerCase());
  } catch (error) {
    if (error instanceof NetworkFailure) return [];
    throw error;
  }
}

/** A host name in the form that principals use. */
export function serviceHost({ host }: Address): string {
  return host.toLowerCase().replace(/\.$/, "");
}
