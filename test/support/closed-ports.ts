import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FlinkCluster } from "./flink-cluster.ts";
import { type Client, probe, type ProbeResult } from "./tls-probe.ts";

/** A way to knock at a port. `the cluster's own` has to be let in, or the refusals would prove nothing. */
export const clients = ["plaintext", "no certificate", "foreign certificate", "the cluster's own"] as const;

export type ClientName = (typeof clients)[number];

/** A port, and what came of knocking at it. */
export interface Knock {
  readonly port: string;
  readonly number: number;
  readonly client: ClientName;
  readonly result: ProbeResult;
}

/** Every port that the cluster listens on, by name. */
export function portsOf({ ports }: FlinkCluster): readonly (readonly [name: string, number: number])[] {
  const several = (name: string, numbers: readonly number[]) =>
    numbers.map((number, index) => [`${name} ${index + 1}`, number] as const);
  return [
    ["REST", ports.rest],
    ["RPC", ports.rpc],
    ["blob", ports.blob],
    ...several("TaskManager RPC", ports.taskManagerRpc),
    ...several("TaskManager data", ports.data),
  ];
}

/** Knocks at every port in every way. */
export async function knockEverywhere(cluster: FlinkCluster): Promise<readonly Knock[]> {
  const knocks = portsOf(cluster).flatMap(([port, number]) => clients.map((client) => ({ port, number, client })));
  return Promise.all(
    knocks.map(async ({ port, number, client }) => {
      const own = cluster.certificates(port === "REST" ? "rest" : "internal");
      const result = await probe(number, credentials(client, own, cluster.certificates("foreign")));
      return { port, number, client, result };
    }),
  );
}

function credentials(client: ClientName, own: string, foreign: string): Client {
  switch (client) {
    case "plaintext":
      return "plaintext";
    case "no certificate":
      return {};
    case "foreign certificate":
      return certificate(foreign);
    case "the cluster's own":
      return certificate(own);
  }
}

function certificate(folder: string): Client {
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return { cert: read("tls.crt"), key: read("tls.key") };
}
