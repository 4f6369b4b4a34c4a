import type { Planned } from "../../core/plan/assemble.ts";
import type { System } from "../../core/system/system.ts";
import { ownNameProbe } from "../../preflight/own-name.ts";
import { type ProbeResults, runProbes } from "../../preflight/run-probes.ts";
import { checkLimits, openNetwork } from "../../shell/network/network.ts";
import { showProgress } from "../../shell/terminal/show-progress.ts";

/** Runs a plan's probes over the real network. On a terminal, it shows progress. */
export async function tryNetwork(
  { probes, anchors }: Pick<Planned, "probes" | "anchors">,
  system: System,
): Promise<ProbeResults & { readonly milliseconds: number }> {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const context = { network: openNetwork(checkLimits, system), anchors: () => anchors?.() };
  const all = [ownNameProbe(system.hostname), ...probes()];
  const results = await showProgress("checking over the network", () => runProbes(all, context, elapsed));
  return { ...results, milliseconds: Math.round(elapsed()) };
}
