import type { Notice, Problem } from "../../core/findings/problem.ts";
import { byDefault, type ClientSetting, plain } from "./client-setting.ts";
import { type OwnProperty, ownValue } from "./own-property.ts";
import { kafkaProblems } from "./problems.ts";
import { protocolNotices } from "./protocol-notices.ts";
import { hasTls, type KafkaSettings } from "./settings.ts";

const { problem } = kafkaProblems;

/** How clients connect, as far as the variables decide it. */
export interface Protocol {
  /** Such as `SASL_SSL`; from KAFKA_PROPERTIES, maybe one that Kafka does not know. */
  readonly protocol: string;
  readonly settings: readonly ClientSetting[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

const protocols = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"];

/**
 * Decides `security.protocol` and `sasl.mechanism`. A mechanism in KAFKA_PROPERTIES asks for SASL as one of the variables does, and
 * a protocol there counts unless a variable asks for what it lacks.
 */
export function planProtocol(
  settings: KafkaSettings,
  mechanism: string | undefined,
  own: readonly OwnProperty[],
): Protocol {
  const ownProtocol = own.find(({ key }) => key === "security.protocol");
  const because = settings.KAFKA_KERBEROS_ENABLED ? "KAFKA_KERBEROS_ENABLED" : "KAFKA_SASL_MECHANISM";
  const ofMechanism = mechanism === undefined ? [] : [plain("sasl.mechanism", mechanism, because)];
  const anyMechanism = mechanism ?? ownValue(own, "sasl.mechanism");
  const byVariables = (anyMechanism === undefined ? "" : "SASL_") + (hasTls(settings) ? "SSL" : "PLAINTEXT");
  const protocol = ownValue(own, "security.protocol")?.toUpperCase() ?? byVariables;
  const notices = protocolNotices({ protocol, mechanism: anyMechanism, isOurs: mechanism !== undefined, own });
  const noMechanism = protocol.startsWith("SASL_") && anyMechanism === undefined ? missingMechanism(own) : [];
  if (ownProtocol === undefined) {
    const settled = [byDefault("security.protocol", protocol), ...ofMechanism];
    return { protocol, settings: settled, problems: noMechanism, notices };
  }
  if (!protocols.includes(protocol))
    return { protocol, settings: ofMechanism, problems: [unknown(ownProtocol)], notices: [] };
  const problems = [
    ...lacks(ownProtocol, "SASL", mechanism === undefined ? undefined : because),
    ...lacks(ownProtocol, "SSL", hasTls(settings) ? "KAFKA_SSL_ENABLED" : undefined),
    ...noMechanism,
  ];
  return { protocol, settings: ofMechanism, problems, notices };
}

/** Kafka then takes GSSAPI, which only Kerberos' login module serves. */
function missingMechanism(own: readonly OwnProperty[]): readonly Problem[] {
  const jaas = own.find(({ key }) => key === "sasl.jaas.config");
  if (jaas === undefined || jaas.value.includes("Krb5LoginModule")) return [];
  const text = "sasl.mechanism is not set, and Kafka then uses GSSAPI, which is not what sasl.jaas.config is for";
  return [problem("no-mechanism", jaas.where, text, "set sasl.mechanism, for example to PLAIN or SCRAM-SHA-512")];
}

function lacks({ value, where }: OwnProperty, part: "SASL" | "SSL", because: string | undefined): readonly Problem[] {
  const has = part === "SASL" ? /^\s*SASL_/i.test(value) : /SSL\s*$/i.test(value);
  if (because === undefined || has) return [];
  const text = `security.protocol is ${value}, and ${because} asks for ${part}`;
  return [problem("contradiction", where, text, `take security.protocol out, or unset ${because}`)];
}

function unknown({ value, where }: OwnProperty): Problem {
  const text = `security.protocol: ${JSON.stringify(value)} is not a protocol of Kafka`;
  return problem(
    "bad-protocol",
    where,
    text,
    `set it to ${protocols.slice(0, -1).join(", ")} or ${protocols.at(-1) ?? ""}`,
  );
}
