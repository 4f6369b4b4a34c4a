import type { Planned } from "../core/assemble.ts";
import type { System } from "../core/system.ts";
import { type Preflight, preflight } from "../preflight/preflight.ts";
import { checkLimits, openNetwork } from "../shell/network.ts";
import { showProgress } from "../shell/show-progress.ts";

/** What the network says of these probes; with progress on a terminal. */
export async function tryNetwork(
  { probes, anchors }: Pick<Planned, "probes" | "anchors">,
  system: System,
): Promise<Preflight & { readonly milliseconds: number }> {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const network = openNetwork(checkLimits, system);
  const found = await showProgress("checking over the network", () =>
    preflight(probes, { network, hostname: system.hostname, elapsed, anchors: () => anchors?.() }),
  );
  return { ...found, milliseconds: Math.round(elapsed()) };
}
