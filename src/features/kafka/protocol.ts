import type { Notice, Problem } from "../../core/problem.ts";
import { byDefault, type ClientSetting, plain } from "./client-setting.ts";
import type { OwnProperty } from "./own-properties.ts";
import { kafkaProblems } from "./problems.ts";
import { hasTls, type KafkaSettings } from "./settings.ts";

const { problem } = kafkaProblems;

/** How clients connect, as far as the variables decide it. */
export interface Protocol {
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
  const ownMechanism = own.find(({ key }) => key === "sasl.mechanism");
  const because = settings.KAFKA_KERBEROS_ENABLED ? "KAFKA_KERBEROS_ENABLED" : "KAFKA_SASL_MECHANISM";
  const ofMechanism = mechanism === undefined ? [] : [plain("sasl.mechanism", mechanism, because)];
  if (ownProtocol !== undefined) {
    const protocol = ownProtocol.value.toUpperCase();
    const problems = protocols.includes(protocol)
      ? [
          ...lacks(ownProtocol, "SASL", mechanism === undefined ? undefined : because),
          ...lacks(ownProtocol, "SSL", hasTls(settings) ? "KAFKA_SSL_ENABLED" : undefined),
        ]
      : [unknown(ownProtocol)];
    return { settings: ofMechanism, problems, notices: withoutSasl(protocol, own) };
  }
  const hasSasl = mechanism !== undefined || ownMechanism !== undefined;
  const protocol = (hasSasl ? "SASL_" : "") + (hasTls(settings) ? "SSL" : "PLAINTEXT");
  return {
    settings: [byDefault("security.protocol", protocol), ...ofMechanism],
    problems: [],
    notices: withoutSasl(protocol, own),
  };
}

function lacks({ value, where }: OwnProperty, part: "SASL" | "SSL", because: string | undefined): readonly Problem[] {
  const has = part === "SASL" ? /^SASL_/i.test(value) : /SSL$/i.test(value);
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

/** Kafka's clients pass over `sasl.*` then, and do not authenticate. */
function withoutSasl(protocol: string, own: readonly OwnProperty[]): readonly Notice[] {
  if (protocol.startsWith("SASL_")) return [];
  const unused = own.filter(({ key }) => key.startsWith("sasl."));
  const [first] = unused;
  if (first === undefined) return [];
  const text = `${unused.map(({ key }) => key).join(", ")}: not used, because security.protocol is ${protocol}`;
  const hint = "set security.protocol to SASL_SSL or SASL_PLAINTEXT, or set sasl.mechanism";
  return [{ level: "warning", where: first.where, text, hint }];
}
