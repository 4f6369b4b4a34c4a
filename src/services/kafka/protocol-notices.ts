import type { Notice } from "../../core/findings/problem.ts";
import { type OwnProperty, ownValue } from "./own-property.ts";

/** What is known of a client when its protocol is. */
interface Decided {
  /** One that Kafka knows. */
  readonly protocol: string;
  readonly mechanism: string | undefined;
  /** Whether a variable asks for the mechanism. */
  readonly isOurs: boolean;
  readonly own: readonly OwnProperty[];
}

/** Warns about what the protocol leaves unused or unprotected. */
export function protocolNotices(decided: Decided): readonly Notice[] {
  return [
    ...unused(decided, "SASL"),
    ...unused(decided, "SSL"),
    ...inTheClear(decided),
    ...needsContext(decided),
    ...plaintextOwnEndpoint(decided),
  ].concat(unverified(decided));
}

/** Kafka's clients ignore `sasl.*` and `ssl.*` without a word where the protocol has no use for them. */
function unused({ protocol, own }: Decided, part: "SASL" | "SSL"): readonly Notice[] {
  if (part === "SASL" ? protocol.startsWith("SASL_") : protocol.endsWith("SSL")) return [];
  const keys = own.filter(({ key }) => key.startsWith(`${part.toLowerCase()}.`));
  const [first] = keys;
  if (first === undefined) return [];
  const text = `${keys.map(({ key }) => key).join(", ")}: not used, because security.protocol is ${protocol}`;
  const hint =
    part === "SASL"
      ? "set security.protocol to SASL_SSL or SASL_PLAINTEXT, or set sasl.mechanism"
      : "set KAFKA_SSL_ENABLED=true, or security.protocol to SSL or SASL_SSL";
  return [{ level: "warning", where: first.where, text, hint }];
}

/** GSSAPI protects its own exchange. */
function inTheClear({ protocol, mechanism, isOurs, own }: Decided): readonly Notice[] {
  if (protocol !== "SASL_PLAINTEXT" || mechanism === undefined || mechanism === "GSSAPI") return [];
  const risk = mechanism.startsWith("SCRAM")
    ? "users who read the network traffic can guess the password"
    : "the secret goes over the network in the clear";
  const ownWhere = own.find(({ key }) => key === "sasl.mechanism")?.where ?? [];
  return [
    {
      level: "warning",
      where: isOurs ? ["KAFKA_SASL_MECHANISM"] : ownWhere,
      text: `without TLS, ${risk}`,
      hint: "set KAFKA_SSL_ENABLED=true, and use the brokers' TLS port",
    },
  ];
}

function plaintextOwnEndpoint({ own }: Decided): readonly Notice[] {
  const name = "sasl.oauthbearer.token.endpoint.url";
  const where = own.find(({ key }) => key === name)?.where ?? [];
  return plaintextEndpoint(ownValue(own, name) ?? "", [...where, name], name);
}

function needsContext({ protocol, isOurs, own }: Decided): readonly Notice[] {
  if (!protocol.startsWith("SASL_") || isOurs || ownValue(own, "sasl.jaas.config") !== undefined) return [];
  const text = "sasl.jaas.config is not set, so that clients need a KafkaClient context of the JVM";
  const hint = "set sasl.jaas.config, or KAFKA_KERBEROS_ENABLED=true for Kerberos";
  const where = own.find(({ key }) => key === "security.protocol" || key === "sasl.mechanism")?.where ?? [];
  return [{ level: "warning", where, text, hint }];
}

function unverified({ protocol, own }: Decided): readonly Notice[] {
  const name = "ssl.endpoint.identification.algorithm";
  if (!protocol.endsWith("SSL") || ownValue(own, name) !== "") return [];
  return [unverifiedHostname([...(own.find(({ key }) => key === name)?.where ?? []), name])];
}

/** A warning for a token endpoint without TLS. */
export function plaintextEndpoint(endpoint: string, where: readonly string[], name: string): readonly Notice[] {
  if (!/^http:/i.test(endpoint)) return [];
  const text = "the client secret and the token cross the network in plaintext";
  return [{ level: "warning", where, text, hint: `set ${name} to the https:// URL of the endpoint` }];
}

/** A warning for a client that takes every certificate of a trusted CA. */
export function unverifiedHostname(where: readonly string[]): Notice {
  return {
    level: "warning",
    where,
    text: "every server with a certificate of a trusted CA can be the broker",
    hint: "issue the brokers' certificates with their host names, and unset it",
  };
}
