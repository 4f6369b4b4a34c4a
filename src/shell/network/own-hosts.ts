import { hostname } from "node:os";

/** The names and addresses of this host, as another one could know it. */
export function ownHosts(): readonly string[] {
  const { networkInterfaces } = process.getBuiltinModule("node:os");
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return [hostname(), "localhost", ...addresses.map(({ address }) => address)];
}
