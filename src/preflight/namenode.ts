import type { Finding } from "../core/findings.ts";
import type { NamenodeProbe } from "../core/probe.ts";
import { besideOthers } from "./beside-others.ts";
import { NameNode } from "./name-node.ts";
import type { ServiceWorld } from "./service-world.ts";

/** Speaks with each NameNode. Of a name service, one that cannot be reached is no problem as long as another can. */
export async function probeNamenodes(probe: NamenodeProbe, world: ServiceWorld): Promise<readonly Finding[]> {
  const found = await Promise.all(probe.nodes.map((address) => new NameNode(probe, address, world).check()));
  const missing = found.flatMap((each) => each.unreachable ?? []);
  const told = missing.length < found.length ? missing.map(besideOthers) : missing;
  return [...told, ...found.flatMap((each) => each.findings)];
}
