import type { Probe } from "../core/feature/probe.ts";
import type { Finding } from "../core/findings/findings.ts";
import { type Network, NetworkFailure } from "../core/system/network.ts";

/** Checks whether DNS has an address for this host's name, and a name for the address. Most pods need neither. */
export function ownNameProbe(hostname: string): Probe {
  return { what: `the name ${hostname}`, run: ({ network }) => checkOwnName(hostname, network) };
}

async function checkOwnName(hostname: string, network: Network): Promise<readonly Finding[]> {
  const where = [hostname];
  const addresses = await find(hostname, network);
  const [address] = addresses;
  if (address === undefined) {
    const text = "DNS has no address for this host's own name";
    const hint =
      "set JOB_MANAGER_RPC_ADDRESS, and taskmanager.host in FLINK_PROPERTIES, to names that others can look up";
    return [{ level: "warning", where, text, hint }];
  }
  const names = await network.reverse(address);
  const isSame = names.some((name) => name.toLowerCase() === hostname.toLowerCase());
  const back = names.length === 0 ? "no name" : names.join(", ");
  if (isSame) return [{ level: "info", where, text: `this host is ${address}, and the other way round` }];
  return [{ level: "info", where, text: `this host is ${address}, which leads back to ${back}: usual for pods` }];
}

async function find(hostname: string, network: Network): Promise<readonly string[]> {
  try {
    return await network.lookup(hostname);
  } catch (error) {
    if (error instanceof NetworkFailure) return [];
    throw error;
  }
}
