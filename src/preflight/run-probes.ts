import type { Probe, ProbeContext } from "../core/feature/probe.ts";
import { separate } from "../core/findings/findings.ts";
import type { Notice, Problem } from "../core/findings/problem.ts";

/** A probe that ran, and how long it took. */
export interface Checked {
  readonly what: string;
  readonly milliseconds: number;
}

/** The results of all probes. */
export interface ProbeResults {
  readonly checked: readonly Checked[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** Runs all probes at the same time. `elapsed` counts milliseconds; it is not the clock. */
export async function runProbes(
  probes: readonly Probe[],
  context: ProbeContext,
  elapsed: () => number,
): Promise<ProbeResults> {
  const done = await Promise.all(
    probes.map(async (probe) => {
      const began = elapsed();
      const findings = await probe.run(context);
      return { what: probe.what, findings, milliseconds: Math.round(elapsed() - began) };
    }),
  );
  const checked = done.map(({ what, milliseconds }) => ({ what, milliseconds }));
  return { checked, ...separate(done.flatMap(({ findings }) => findings)) };
}
