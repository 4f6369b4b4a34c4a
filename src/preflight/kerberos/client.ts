import type { Finding } from "../../core/findings/findings.ts";
import {
  type Address,
  addressText,
  type Network,
  NetworkFailure,
  type UsableKeytabKey,
} from "../../core/system/network.ts";
import type { RealmKdcs } from "../../core/feature/feature.ts";
import type { Problem } from "../../core/findings/problem.ts";
import { Secret } from "../../secret.ts";
import { FormatError } from "../../formats/format-error.ts";
import { timestampToEncrypt, writeAsRequest } from "../../formats/kerberos/as-req.ts";
import { type KdcReply, readTicketFacts, type TicketFacts } from "../../formats/kerberos/kdc-reply.ts";
import { encryptionTypeName } from "../../formats/kerberos/keytab.ts";
import { splitPrincipal, Usage } from "../../formats/kerberos/message-parts.ts";
import { askKdc } from "./ask-kdc.ts";
import { findKdcs, type RealmFound } from "./find-kdcs.ts";
import { type Asked, clockSkew, kdcError, preAuthenticationRequired, serviceUnknown } from "./kdc-errors.ts";
import type { KeytabLogin } from "./login.ts";
import { nonce } from "./nonce.ts";
import { kdcProblems } from "./problems.ts";

/** A ticket for a service, and what is needed to use it. */
export interface Ticket {
  readonly client: string;
  readonly realm: string;
  readonly bytes: Uint8Array;
  readonly serviceKvno: number | undefined;
  readonly sessionKey: { readonly type: number; readonly key: Secret<Uint8Array> };
  readonly facts: Omit<TicketFacts, "sessionKey">;
}

/** A ticket, or why there is none. Neither where the KDC itself is out of reach, which is told once. */
export interface TicketOutcome {
  readonly ticket?: Ticket;
  readonly findings: readonly Finding[];
}

const clients = new WeakMap<Network, KerberosClient>();

/** The client of a run: all probes over a network share its logins and tickets. */
export function kerberosClient(network: Network): KerberosClient {
  const client = clients.get(network) ?? new KerberosClient(network);
  clients.set(network, client);
  return client;
}

/** Finds the KDCs and logs in, once for each realm and principal, however many ask. */
export class KerberosClient {
  readonly #network: Network;
  readonly #realms = new Map<string, Promise<RealmFound>>();
  readonly #logins = new Map<string, Promise<TicketOutcome>>();

  constructor(network: Network) {
    this.#network = network;
  }

  /** `client` is the name, without realm, that the KDCs are asked with first. */
  realm(realm: RealmKdcs, client = "flink"): Promise<RealmFound> {
    const known = this.#realms.get(realm.realm) ?? findKdcs(realm, client, this.#network);
    this.#realms.set(realm.realm, known);
    return known;
  }

  /** Gets the ticket that every login begins with. */
  login(login: KeytabLogin): Promise<TicketOutcome> {
    const id = `${login.keytab} ${login.principal}`;
    const known = this.#logins.get(id) ?? this.#ask(login, undefined);
    this.#logins.set(id, known);
    return known;
  }

  /** Gets a ticket for `kafka/host`, once, where the login works. `serviceHint` is the hint if the KDC does not know it. */
  ticket(login: KeytabLogin, service: string, serviceHint: string): Promise<TicketOutcome> {
    const id = `${login.keytab} ${login.principal} ${service}`;
    const known = this.#logins.get(id) ?? this.#askFor(login, { name: service, hint: serviceHint });
    this.#logins.set(id, known);
    return known;
  }

  async #askFor(login: KeytabLogin, service: { readonly name: string; readonly hint: string }): Promise<TicketOutcome> {
    const first = await this.login(login);
    return first.ticket === undefined ? { findings: [] } : this.#ask(login, service);
  }

  async #ask(
    login: KeytabLogin,
    service: { readonly name: string; readonly hint: string } | undefined,
  ): Promise<TicketOutcome> {
    const { name: client, realm } = splitPrincipal(login.principal);
    const known = login.realms.find((each) => each.realm === realm);
    const found = known && (await this.realm(known, client));
    const kdc = found?.kdc;
    const keys = this.#network.keytabKeys(login.keytab, login.principal);
    const [key] = keys;
    if (kdc === undefined || key === undefined) return { findings: [] };
    const asked = {
      where: login.where,
      principal: login.principal,
      kvno: key.kvno,
      types: keys.map(({ type }) => encryptionTypeName(type)).join(", "),
      ...(service && { service: `${service.name}@${realm}`, serviceHint: service.hint }),
    };
    const request = new Request(this.#network, kdc, { client, realm, service: service?.name ?? `krbtgt/${realm}` });
    try {
      const outcome = await request.send(keys);
      // The clocks have been compared before.
      if (outcome.kind === "error" && outcome.code === clockSkew && hasSkew(found)) return { findings: [] };
      if (outcome.kind === "error") return { findings: [gently(kdcError(outcome, asked), outcome.code, asked)] };
      return { ticket: outcome.ticket, findings: [] };
    } catch (error) {
      if (error instanceof FormatError) return { findings: [kdcError({ ...wrongKey, time: new Date(0) }, asked)] };
      if (!(error instanceof NetworkFailure)) throw error;
      const hint = "check the KDC's log";
      const text = `${addressText(kdc)} stopped answering: ${error.message}`;
      return { findings: [kdcProblems.problem("silent", login.where, text, hint)] };
    }
  }
}

function hasSkew(found: RealmFound | undefined): boolean {
  return found?.findings.some((each) => "code" in each && each.code === "kdc/clock-skew") === true;
}

/** Java asks for a service's ticket in two steps, so that only an unknown service is sure to fail there too. */
function gently(problem: Problem, code: number, { service }: Asked): Finding {
  if (service === undefined || code === serviceUnknown) return problem;
  const { where, text } = problem;
  return { level: "warning", where, text, hint: "its ticket was not tried: check the KDC's log" };
}

/** What a KDC would say that had asked for pre-authentication. */
const wrongKey = { kind: "error", code: 24, text: undefined, encryptionTypes: [] } as const;

interface Names {
  readonly client: string;
  readonly realm: string;
  readonly service: string;
}

class Request {
  readonly #network: Network;
  readonly #kdc: Address;
  readonly #names: Names;

  constructor(network: Network, kdc: Address, names: Names) {
    this.#network = network;
    this.#kdc = kdc;
    this.#names = names;
  }

  /** Asks without a proof, learns which key the KDC wants to see proven, and asks again. */
  async send(
    keys: readonly UsableKeytabKey[],
  ): Promise<{ readonly kind: "ticket"; readonly ticket: Ticket } | Extract<KdcReply, { kind: "error" }>> {
    const types = keys.map(({ type }) => type);
    const first = await this.#ask(types, undefined);
    if (first.kind === "ticket") return { kind: "ticket", ticket: this.#open(first, keys) };
    if (first.code !== preAuthenticationRequired) return first;
    const type = first.encryptionTypes.find((each) => types.includes(each));
    const key = keys.find((each) => each.type === (type ?? types[0]));
    const second = await this.#ask(types, key);
    if (second.kind === "ticket") return { kind: "ticket", ticket: this.#open(second, keys) };
    // A KDC names the types that it shares with the client (RFC 4120, 5.2.7.5). Without any, MIT's calls the proof wrong.
    return type === undefined && second.code === 24 ? { ...second, code: 14 } : second;
  }

  #ask(encryptionTypes: readonly number[], key: UsableKeytabKey | undefined): Promise<KdcReply> {
    const now = this.#network.now();
    const timestamp = key && { type: key.type, text: key.encrypt(Usage.encryptedTimestamp, timestampToEncrypt(now)) };
    const message = writeAsRequest({
      ...this.#names,
      encryptionTypes,
      until: new Date(now.getTime() + 86_400_000),
      nonce: nonce(this.#network),
      ...(timestamp && { timestamp }),
    });
    return askKdc(this.#network, this.#kdc, message);
  }

  /** @throws FormatError when the KDC has used another key than those of the keytab */
  #open({ encrypted, ticket, serviceKvno }: Extract<KdcReply, { kind: "ticket" }>, keys: readonly UsableKeytabKey[]) {
    const key = keys.find(({ type }) => type === encrypted.type) ?? keys[0];
    const { sessionKey, ...facts } = readTicketFacts(key?.decrypt(Usage.asRep, encrypted.text) ?? encrypted.text);
    const { client, realm } = this.#names;
    const secret = new Secret("a ticket", () => sessionKey.key);
    return { client, realm, bytes: ticket, serviceKvno, sessionKey: { type: sessionKey.type, key: secret }, facts };
  }
}
