import { readAddress } from "../../core/network.ts";
import type { Probe } from "../../core/probe.ts";
import type { Sasl } from "./sasl.ts";
import { hasTls, type KafkaSettings } from "./settings.ts";
import type { ClientTls } from "./tls.ts";

/** What `sluice check` tries of Kafka: what a client will do, with the same settings. */
export function kafkaProbes(settings: KafkaSettings, tls: ClientTls, sasl: Sasl): readonly Probe[] {
  const servers = settings.KAFKA_BOOTSTRAP_SERVERS.flatMap(
    (server) => readAddress(server.replace(/^\w+:\/\//, "")) ?? [],
  );
  if (servers.length === 0) return [];
  const unverifiedBy = settings.KAFKA_SSL_VERIFY_HOSTNAME === false ? "KAFKA_SSL_VERIFY_HOSTNAME" : undefined;
  const wish = { trustVariable: "KAFKA_SSL_CA_DIR", unverifiedBy, identity: tls.identity };
  return [
    {
      kind: "kafka",
      where: ["KAFKA_BOOTSTRAP_SERVERS"],
      servers,
      tls: hasTls(settings) ? wish : undefined,
      sasl:
        sasl.wish ??
        (sasl.mechanism === undefined && sasl.problems.length === 0 ? undefined : { mechanism: "unknown" }),
    },
  ];
}
