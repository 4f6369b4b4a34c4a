import { readAddress } from "../../core/system/network.ts";
import { ownServers } from "./bootstrap-servers.ts";
import { type OwnProperty, ownValue } from "./own-property.ts";
import type { Sasl } from "./sasl.ts";
import type { KafkaClient } from "./probe/broker.ts";
import type { KafkaSettings } from "./settings.ts";
import type { ClientTls } from "./tls.ts";

/** The client that `sluice check` tries: the one that jobs will use. Undefined without a server. */
export function clientToProbe(
  settings: KafkaSettings,
  tls: ClientTls,
  sasl: Sasl,
  protocol: string,
  own: readonly OwnProperty[],
): KafkaClient | undefined {
  const isOwn = settings.KAFKA_BOOTSTRAP_SERVERS.length === 0;
  const listed = isOwn ? ownServers(own) : settings.KAFKA_BOOTSTRAP_SERVERS;
  const servers = listed.flatMap((server) => readAddress(server.replace(/^\w+:\/\//, "")) ?? []);
  if (servers.length === 0) return undefined;
  const isUnverified = ownValue(own, "ssl.endpoint.identification.algorithm") === "";
  const ownUnverified = isUnverified ? "KAFKA_PROPERTIES" : undefined;
  const unverifiedBy = settings.KAFKA_SSL_VERIFY_HOSTNAME === false ? "KAFKA_SSL_VERIFY_HOSTNAME" : ownUnverified;
  const identityHint = "mount a client certificate, and name its folder in KAFKA_SSL_DIR";
  const requirements = { trustVariable: "KAFKA_SSL_CA_DIR", unverifiedBy, identity: tls.identity, identityHint };
  const isUnknown =
    sasl.mechanism !== undefined || sasl.problems.length > 0 || ownValue(own, "sasl.mechanism") !== undefined;
  const where = own.find(({ key }) => key === "bootstrap.servers")?.where;
  return {
    where: isOwn && where !== undefined ? where : ["KAFKA_BOOTSTRAP_SERVERS"],
    servers,
    tls: protocol.endsWith("SSL") ? requirements : undefined,
    sasl: sasl.login ?? (isUnknown ? { mechanism: "unknown" } : undefined),
  };
}
