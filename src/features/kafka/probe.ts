import { readAddress } from "../../core/network.ts";
import type { Probe } from "../../core/probe.ts";
import type { OwnProperty } from "./own-properties.ts";
import type { Sasl } from "./sasl.ts";
import { hasTls, type KafkaSettings } from "./settings.ts";
import type { ClientTls } from "./tls.ts";

/** What `sluice check` tries of Kafka: what a client will do, with the same settings. */
export function kafkaProbes(
  settings: KafkaSettings,
  tls: ClientTls,
  sasl: Sasl,
  own: readonly OwnProperty[],
): readonly Probe[] {
  const valueOf = (name: string) => own.find(({ key }) => key === name);
  const ownServers = settings.KAFKA_BOOTSTRAP_SERVERS.length === 0 ? valueOf("bootstrap.servers") : undefined;
  const listed = ownServers?.value.split(",").map((server) => server.trim()) ?? settings.KAFKA_BOOTSTRAP_SERVERS;
  const servers = listed.flatMap((server) => readAddress(server.replace(/^\w+:\/\//, "")) ?? []);
  if (servers.length === 0) return [];
  const unverifiedBy = settings.KAFKA_SSL_VERIFY_HOSTNAME === false ? "KAFKA_SSL_VERIFY_HOSTNAME" : undefined;
  const wish = { trustVariable: "KAFKA_SSL_CA_DIR", unverifiedBy, identity: tls.identity };
  const protocol = valueOf("security.protocol")?.value;
  const isTls = protocol === undefined ? hasTls(settings) : /SSL$/i.test(protocol);
  const isUnknown = sasl.mechanism !== undefined || sasl.problems.length > 0 || valueOf("sasl.mechanism") !== undefined;
  return [
    {
      kind: "kafka",
      where: ownServers?.where ?? ["KAFKA_BOOTSTRAP_SERVERS"],
      servers,
      tls: isTls ? wish : undefined,
      sasl: sasl.wish ?? (isUnknown ? { mechanism: "unknown" } : undefined),
    },
  ];
}
