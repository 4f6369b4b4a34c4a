import type { Finding } from "../../../core/findings/findings.ts";
import { type Address, type Network, NetworkFailure } from "../../../core/system/network.ts";
import type { ProbeContext } from "../../../core/feature/probe.ts";
import type { Problem } from "../../../core/findings/problem.ts";
import type { Secret } from "../../../secret.ts";
import { KafkaError, type SaslAuthenticateReply } from "./requests.ts";
import { plainMessage } from "./sasl-plain.ts";
import {
  fewestScramIterations,
  mostScramIterations,
  readScramChallenge,
  scramFinal,
  scramFirstBare,
  scramHeader,
} from "./sasl-scram.ts";
import type { KafkaConversation } from "./conversation.ts";
import { kerberosClient, type TicketOutcome } from "../../../preflight/kerberos/client.ts";
import { canonicalNames, presentTicket, serviceHost } from "../../../preflight/kerberos/present-ticket.ts";
import { brokerProblems } from "./problems.ts";
import type { SaslLogin } from "./sasl-login.ts";

const { problem } = brokerProblems;

interface Place {
  readonly where: readonly string[];
  readonly address: Address;
}

/** Asks for the mechanism, and logs in by it. */
export async function authenticate(
  conversation: KafkaConversation,
  sasl: SaslLogin | undefined,
  place: Place,
  context: ProbeContext,
): Promise<readonly Finding[]> {
  const { where } = place;
  if (sasl?.mechanism === "unknown") return [];
  const { error, mechanisms } = await conversation.saslHandshake(sasl?.mechanism ?? "GSSAPI");
  const isWithout = error === KafkaError.illegalSaslState;
  if (sasl === undefined)
    return isWithout ? [welcome(where, "takes clients without SASL")] : [needsSasl(where, mechanisms)];
  if (isWithout) return [noSasl(where, sasl.mechanism)];
  if (error !== KafkaError.none) return [mechanismOff(where, sasl.mechanism, mechanisms)];
  switch (sasl.mechanism) {
    case "OAUTHBEARER":
      return [welcome(where, "has OAUTHBEARER enabled; no token was tried")];
    case "GSSAPI":
      return byTicket(conversation, sasl, place, context);
    case "PLAIN":
    case "SCRAM-SHA-256":
    case "SCRAM-SHA-512": {
      const outcome = await byPassword(conversation, sasl, context);
      if (outcome.kind === "iterations") return [iterationsFinding(where, sasl, outcome.iterations)];
      if (outcome.reply.error === KafkaError.none)
        return [welcome(where, `has logged ${sasl.username} in by ${sasl.mechanism}`)];
      return [loginRefused(where, sasl, outcome.reply)];
    }
  }
}

type PasswordLogin = Extract<SaslLogin, { readonly password: Secret }>;

type PasswordOutcome =
  | { readonly kind: "reply"; readonly reply: SaslAuthenticateReply }
  /** The server asks for a number of SCRAM iterations that is not computed. */
  | { readonly kind: "iterations"; readonly iterations: number };

async function byPassword(
  conversation: KafkaConversation,
  { mechanism, username, password }: PasswordLogin,
  { network }: ProbeContext,
): Promise<PasswordOutcome> {
  const send = async (message: Uint8Array | Secret<Uint8Array>): Promise<PasswordOutcome> => ({
    kind: "reply",
    reply: await conversation.saslAuthenticate(message),
  });
  if (mechanism === "PLAIN") return send(password.map((text): Uint8Array => plainMessage(username, text)));
  const nonce = Buffer.from(network.random(18)).toString("base64");
  const firstBare = scramFirstBare(username, nonce);
  const first = await conversation.saslAuthenticate(Buffer.from(scramHeader + firstBare));
  if (first.error !== KafkaError.none) return { kind: "reply", reply: first };
  const serverFirst = Buffer.from(first.token).toString();
  const challenge = readScramChallenge(serverFirst, nonce);
  const { iterations } = challenge;
  if (iterations < fewestScramIterations || iterations > mostScramIterations) return { kind: "iterations", iterations };
  const hash = mechanism === "SCRAM-SHA-256" ? "sha256" : "sha512";
  return send(password.map((text): Uint8Array => scramFinal(hash, text, { firstBare, serverFirst }, challenge)));
}

async function byTicket(
  conversation: KafkaConversation,
  { service, login }: Extract<SaslLogin, { mechanism: "GSSAPI" }>,
  { where, address }: Place,
  { network }: ProbeContext,
): Promise<readonly Finding[]> {
  // The check of all tickets reports why there is none.
  const { name, ticket } = await brokerTicket({ service, login }, address, network);
  if (ticket === undefined) return [];
  try {
    const reply = await conversation.saslAuthenticate(presentTicket(ticket, network));
    if (reply.error !== KafkaError.none) return [ticketRefused(where, name, ticket.serviceKvno, reply.message)];
  } catch (error) {
    if (error instanceof NetworkFailure && error.kind === "closed") {
      return [ticketRefused(where, name, ticket.serviceKvno, undefined)];
    }
    throw error;
  }
  return [welcome(where, `takes the ticket for ${name}, kvno ${ticket.serviceKvno ?? "unknown"}`)];
}

/** A ticket for a broker, and the name that it is for. */
type BrokerTicket = TicketOutcome & { readonly name: string };

/** Asks for the broker by the name that is written, and then by the full one, as Java may make of a short name. */
export async function brokerTicket(
  { service, login }: Pick<Extract<SaslLogin, { mechanism: "GSSAPI" }>, "service" | "login">,
  address: Address,
  network: Network,
): Promise<BrokerTicket> {
  const kerberos = kerberosClient(network);
  const host = serviceHost(address);
  const name = `${service}/${host}`;
  const outcome = await kerberos.ticket(login, name, serviceHintOf(service, host));
  if (outcome.ticket !== undefined || outcome.findings.length === 0) return { ...outcome, name };
  const full = (await canonicalNames(host, network)).find((each) => each.startsWith(`${host}.`));
  if (full === undefined) return { ...outcome, name };
  const other = await kerberos.ticket(login, `${service}/${full}`, serviceHintOf(service, full));
  return other.ticket === undefined ? { ...outcome, name } : { ...other, name: `${service}/${full}` };
}

/** What to do when the KDC has no such broker. */
function serviceHintOf(service: string, host: string): string {
  return `name the brokers by the hosts of their principals in KAFKA_BOOTSTRAP_SERVERS, set KAFKA_KERBEROS_SERVICE_NAME if they are not called ${service}, or add ${service}/${host} to the KDC`;
}

function welcome(where: readonly string[], text: string): Finding {
  return { level: "info", where, text };
}

function listed(mechanisms: readonly string[]): string {
  return mechanisms.length === 0 ? "none" : mechanisms.toSorted().join(", ");
}

function needsSasl(where: readonly string[], mechanisms: readonly string[]): Problem {
  const hint = "set KAFKA_KERBEROS_ENABLED=true or KAFKA_SASL_MECHANISM, or name a port without SASL";
  const text = `the listener wants SASL (${listed(mechanisms)}), and none is set`;
  return problem("needs-sasl", where, text, hint);
}

function noSasl(where: readonly string[], mechanism: string): Problem {
  const text = `the listener has no SASL, and ${mechanism} is set`;
  return problem("no-sasl", where, text, "name the brokers' port with SASL, or unset the mechanism");
}

function mechanismOff(where: readonly string[], mechanism: string, mechanisms: readonly string[]): Problem {
  const text = `${mechanism} is not enabled there; enabled: ${listed(mechanisms)}`;
  const hint = "set KAFKA_SASL_MECHANISM (or KAFKA_KERBEROS_ENABLED) to one of these, or have the listener enable it";
  return problem("mechanism-off", where, text, hint);
}

function iterationsFinding(
  where: readonly string[],
  { mechanism, username }: PasswordLogin,
  iterations: number,
): Finding {
  const text = `the broker asks for ${iterations} iterations of ${mechanism} for ${username}`;
  const hint = `store the password again on the brokers, for example with kafka-configs.sh --alter --entity-type users --entity-name ${username} --add-config '${mechanism}=[iterations=8192,password=…]'`;
  if (iterations < fewestScramIterations) {
    return problem("few-iterations", where, `${text}; Kafka's client needs ${fewestScramIterations} or more`, hint);
  }
  return { level: "warning", where, text: `${text}; the login was not tried above ${mostScramIterations}`, hint };
}

function loginRefused(
  where: readonly string[],
  { mechanism, username }: PasswordLogin,
  { message }: SaslAuthenticateReply,
): Problem {
  const said = message === undefined ? "" : `: ${message}`;
  const hint = "correct KAFKA_SASL_USERNAME or KAFKA_SASL_PASSWORD, or add the user to the brokers";
  return problem("login-refused", where, `the broker does not let ${username} in by ${mechanism}${said}`, hint);
}

function ticketRefused(
  where: readonly string[],
  name: string,
  kvno: number | undefined,
  message: string | undefined,
): Problem {
  const said = message === undefined ? "it closes the connection" : message;
  const text = `the broker does not take the ticket for ${name}, kvno ${kvno ?? "unknown"}: ${said}`;
  const hint = "write the broker's keytab again with ktadd, and restart it; klist -k shows its kvno";
  return problem("ticket-refused", where, text, hint);
}
