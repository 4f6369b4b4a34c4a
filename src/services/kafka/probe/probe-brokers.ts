import type { Probe, ProbeContext } from "../../../core/feature/probe.ts";
import type { Finding } from "../../../core/findings/findings.ts";
import { addressText, type Network } from "../../../core/system/network.ts";
import { joinServers } from "../../../preflight/partly-reachable.ts";
import { brokerTicket } from "./authenticate.ts";
import { Broker, type KafkaClient } from "./broker.ts";

/** Talks to each broker as a client does before its first record. */
export class BrokersProbe implements Probe {
  readonly what: string;
  readonly client: KafkaClient;

  constructor(client: KafkaClient) {
    this.what = `Kafka at ${client.servers.map(addressText).join(", ")}`;
    this.client = client;
  }

  async run(context: ProbeContext): Promise<readonly Finding[]> {
    const { client } = this;
    const [found, tickets] = await Promise.all([
      Promise.all(client.servers.map((address) => new Broker(client, address, context).check())),
      checkTickets(client, context.network),
    ]);
    return [...tickets, ...joinServers(found)];
  }
}

/** Checks whether the KDC knows the brokers, even if these cannot be reached. */
async function checkTickets({ sasl, servers, where }: KafkaClient, network: Network): Promise<readonly Finding[]> {
  if (sasl?.mechanism !== "GSSAPI") return [];
  const { service, login } = sasl;
  const outcomes = await Promise.all(
    servers.map((address) => brokerTicket({ service, login: { ...login, where } }, address, network)),
  );
  // Two addresses of one host have the same answer.
  return [...new Set(outcomes.flatMap(({ findings }) => findings))];
}
