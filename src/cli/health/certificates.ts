import type { ClusterRecord } from "../../core/plan/start-record.ts";
import type { System } from "../../core/system/system.ts";
import type { Verdict } from "../../health/kubernetes-probe.ts";
import { defaultSpread, delaySeconds, findRenewal, hasExpired, type Renewal } from "../../health/renewal.ts";
import { readSystem } from "../../shell/read-system.ts";
import { hasChanged, planAgain } from "./plan-again.ts";
import type { Environment } from "../prepare.ts";

/** A JobManager shows both; a TaskManager's REST certificate is only what it asks the JobManager with. */
const sidesOf = { jobmanager: ["internal", "rest"], taskmanager: ["internal"] } as const;

/**
 * Whether a restart would bring a newer certificate; undefined if there is nothing to say. As long as the mounted files are
 * those of the start, nothing more is done. Else the start that a restart would make is planned: where that finds a problem, a
 * restart would only end in the same problem.
 */
export function checkCertificates(record: ClusterRecord, environment: Environment): Verdict | undefined {
  const system = readSystem({ environment });
  const sides: readonly string[] = sidesOf[record.role];
  const inUse = record.certificates.filter(({ side }) => sides.includes(side));
  const remarks: string[] = [];
  if (inUse.some((one) => hasChanged(one, system))) {
    const planned = planAgain(record, environment, system);
    const renewal = planned.kind === "plan" ? findRenewal(inUse, planned.plan.shown, system.now) : undefined;
    if (renewal !== undefined) return renewed(renewal, environment, system);
    if (planned.kind === "problems") {
      const [first] = planned.problems;
      remarks.push(`a restart would not help: ${[...(first?.where ?? []), first?.text].join(": ")}`);
    }
  }
  const expired = inUse.find((one) => hasExpired(one, system.now));
  if (expired !== undefined) {
    remarks.push(`${expired.source} expired on ${expired.notAfter}, and nothing valid is mounted in its place`);
  }
  return remarks.length === 0 ? undefined : { healthy: true, text: remarks.join("; ") };
}

function renewed({ mounted, expired }: Renewal, environment: Environment, system: System): Verdict {
  const { certificate, source } = mounted;
  const asked = environment["SLUICE_HEALTH_SPREAD"] ?? "";
  const spread = /^\d{1,6}$/.test(asked) ? Number(asked) : defaultSpread(mounted);
  const now = system.now.getTime() / 1000;
  const modified = system.fileStamp(source)?.modified ?? 0;
  // A file from the future must not keep a process from its restart for ever.
  const since = modified > now ? 0 : modified;
  const left = Math.ceil(since + delaySeconds(system.hostname, certificate.sha256, spread) - now);
  const what = `${source} has a newer certificate than the one in use${expired ? ", which has expired" : ""}`;
  return left > 0
    ? { healthy: true, text: `${what}; to be restarted in ${left} s` }
    : { healthy: false, text: `${what}; a restart takes it` };
}
