import { readAddress } from "../../core/network.ts";
import type { Probe } from "../../core/probe.ts";
import { ownServers } from "./bootstrap-servers.ts";
import { type OwnProperty, ownValue } from "./own-property.ts";
import type { Sasl } from "./sasl.ts";
import type { KafkaSettings } from "./settings.ts";
import type { ClientTls } from "./tls.ts";

/** What `sluice check` tries of Kafka: what a client will do, with the same settings. */
export function kafkaProbes(
  settings: KafkaSettings,
  tls: ClientTls,
  sasl: Sasl,
  protocol: string,
  own: readonly OwnProperty[],
): readonly Probe[] {
  const isOwn = settings.KAFKA_BOOTSTRAP_SERVERS.length === 0;
  const listed = isOwn ? ownServers(own) : settings.KAFKA_BOOTSTRAP_SERVERS;
  const servers = listed.flatMap((server) => readAddress(server.replace(/^\w+:\/\//, "")) ?? []);
  if (servers.length === 0) return [];
  const isUnverified = ownValue(own, "ssl.endpoint.identification.algorithm") === "";
  const ownUnverified = isUnverified ? "KAFKA_PROPERTIES" : undefined;
  const unverifiedBy = settings.KAFKA_SSL_VERIFY_HOSTNAME === false ? "KAFKA_SSL_VERIFY_HOSTNAME" : ownUnverified;
  const identityHint = "mount a client certificate, and name its folder in KAFKA_SSL_DIR";
  const wish = { trustVariable: "KAFKA_SSL_CA_DIR", unverifiedBy, identity: tls.identity, identityHint };
  const isUnknown =
    sasl.mechanism !== undefined || sasl.problems.length > 0 || ownValue(own, "sasl.mechanism") !== undefined;
  const where = own.find(({ key }) => key === "bootstrap.servers")?.where;
  return [
    {
      kind: "kafka",
      where: isOwn && where !== undefined ? where : ["KAFKA_BOOTSTRAP_SERVERS"],
      servers,
      tls: protocol.endsWith("SSL") ? wish : undefined,
      sasl: sasl.wish ?? (isUnknown ? { mechanism: "unknown" } : undefined),
    },
  ];
}
