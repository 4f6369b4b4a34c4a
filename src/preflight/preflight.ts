import { separate } from "../core/findings.ts";
import { addressText, type Network } from "../core/network.ts";
import type { Probe } from "../core/probe.ts";
import type { Notice, Problem } from "../core/problem.ts";
import { KerberosClient } from "./kerberos-client.ts";
import { probeKafka } from "./kafka.ts";
import { probeLogin } from "./login.ts";
import { probeNamenodes } from "./namenode.ts";
import { probeSearch } from "./search.ts";
import type { ServiceWorld } from "./service-world.ts";
import type { Certificate } from "../formats/x509/certificate.ts";
import { probeOwnName } from "./own-name.ts";
import type { Finding } from "../core/findings.ts";
import { splitPrincipal } from "../formats/kerberos/message-parts.ts";

/** What the probes see of the world. */
export interface Surroundings {
  readonly network: Network;
  /** Milliseconds that go by; not the clock. */
  readonly elapsed: () => number;
  /** Fully qualified. */
  readonly hostname: string;
  /** What the JVM will trust; undefined where that is not known. */
  readonly anchors: () => readonly Certificate[] | undefined;
}

/** One thing that was looked at, and how long that took. */
export interface Checked {
  readonly what: string;
  readonly milliseconds: number;
}

/** What the network had to say. */
export interface Preflight {
  readonly checked: readonly Checked[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** Tries all probes at the same time. Nothing is changed anywhere. */
export async function preflight(probes: readonly Probe[], surroundings: Surroundings): Promise<Preflight> {
  const { network, hostname, elapsed, anchors } = surroundings;
  const kdcs = probes.filter((probe) => probe.kind === "kdc");
  const world = { network, anchors, kerberos: new KerberosClient(network, kdcs) };
  const named = { what: `the name ${hostname}`, run: () => probeOwnName(hostname, network) };
  const steps = [named, ...probes.map((probe) => stepOf(probe, probes, world))];
  const done = await Promise.all(
    steps.map(async ({ what, run }) => {
      const began = elapsed();
      const findings = await run();
      return { what, findings, milliseconds: Math.round(elapsed() - began) };
    }),
  );
  const checked = done.map(({ what, milliseconds }) => ({ what, milliseconds }));
  return { checked, ...separate(done.flatMap(({ findings }) => findings)) };
}

interface Step {
  readonly what: string;
  readonly run: () => Promise<readonly Finding[]>;
}

function stepOf(probe: Probe, probes: readonly Probe[], world: ServiceWorld): Step {
  const { kerberos } = world;
  switch (probe.kind) {
    case "kdc": {
      const client = probes.find((each) => each.kind === "login")?.principal;
      const name = client === undefined ? undefined : splitPrincipal(client).name;
      return {
        what: `the KDCs of ${probe.realm}`,
        run: async () => (await kerberos.realm(probe, name)).findings,
      };
    }
    case "login":
      return { what: `the login of ${probe.principal}`, run: () => probeLogin(probe, kerberos) };
    case "kafka": {
      const servers = probe.servers.map(addressText).join(", ");
      return { what: `Kafka at ${servers}`, run: () => probeKafka(probe, world) };
    }
    case "namenode": {
      const nodes = probe.nodes.map(addressText).join(", ");
      return { what: `HDFS at ${nodes}`, run: () => probeNamenodes(probe, world) };
    }
    case "search":
      return { what: `${probe.product} at ${addressText(probe.address)}`, run: () => probeSearch(probe, world) };
  }
}
