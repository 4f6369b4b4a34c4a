import type { Finding } from "../core/findings.ts";
import type { KafkaProbe } from "../core/probe.ts";
import { serviceHintOf } from "./authenticate.ts";
import { Broker } from "./broker.ts";
import { serviceHost } from "./present-ticket.ts";
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
async function ticketFindings(
  { sasl, servers, where }: KafkaProbe,
  { kerberos }: ServiceWorld,
): Promise<readonly Finding[]> {
  if (sasl?.mechanism !== "GSSAPI") return [];
  const names = [...new Set(servers.map((address) => `${sasl.service}/${serviceHost(address)}`))];
  const outcomes = await Promise.all(
    names.map((name) => kerberos.ticket({ ...sasl.login, where }, name, serviceHintOf(name))),
  );
  return outcomes.flatMap(({ findings }) => findings);
}
