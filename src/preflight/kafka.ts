import type { Finding } from "../core/findings.ts";
import type { KafkaProbe } from "../core/probe.ts";
import { brokerTicket } from "./authenticate.ts";
import { Broker } from "./broker.ts";
import { besideOthers } from "./beside-others.ts";
import type { ServiceWorld } from "./service-world.ts";

/** Speaks with each broker that is named. One that cannot be reached is a problem only where no other can. */
export async function probeKafka(probe: KafkaProbe, world: ServiceWorld): Promise<readonly Finding[]> {
  const [found, tickets] = await Promise.all([
    Promise.all(probe.servers.map((address) => new Broker(probe, address, world).check())),
    ticketFindings(probe, world),
  ]);
  const missing = found.flatMap((each) => each.unreachable ?? []);
  const isAnyThere = missing.length < found.length;
  const told = isAnyThere ? missing.map(besideOthers) : missing;
  return [...tickets, ...told, ...found.flatMap((each) => each.findings)];
}

/** Whether the KDC knows the brokers, even where those cannot be reached. */
async function ticketFindings({ sasl, servers, where }: KafkaProbe, world: ServiceWorld): Promise<readonly Finding[]> {
  if (sasl?.mechanism !== "GSSAPI") return [];
  const wish = { service: sasl.service, login: { ...sasl.login, where } };
  const outcomes = await Promise.all(servers.map((address) => brokerTicket(wish, address, world)));
  // Two addresses of one host have the same answer.
  return [...new Set(outcomes.flatMap(({ findings }) => findings))];
}
