import type { Launcher, Planned } from "../core/assemble.ts";
import { makePlan } from "../core/make-plan.ts";
import type { RecordedCertificate, StartRecord } from "../core/start-record.ts";
import type { System } from "../core/system.ts";
import { features } from "../features/index.ts";
import type { Verdict } from "../health/probe.ts";
import { defaultSpread, delaySeconds, findRenewal, hasExpired, type Renewal } from "../health/renewal.ts";
import { readFileStamp } from "../shell/read-file.ts";
import { readSystem } from "../shell/read-system.ts";
import { Seed } from "../shell/seed.ts";
import type { Environment } from "./prepare.ts";

/** A JobManager shows both; a TaskManager's REST certificate is only what it asks the JobManager with. */
const sidesOf = { jobmanager: ["internal", "rest"], taskmanager: ["internal"] } as const;

/**
 * Whether a restart would bring a newer certificate, or undefined as long as there is nothing to say. As long as the mounted
 * files are those of the start, nothing is read. Else the start that a restart would make is planned: where that finds a
 * problem, a restart would only end in the same problem.
 */
export function checkCertificates(record: StartRecord, environment: Environment): Verdict | undefined {
  const sides: readonly string[] = sidesOf[record.role];
  const inUse = record.certificates.filter(({ side }) => sides.includes(side));
  const system = readSystem({ environment, seed: () => Seed.random() });
  const { now } = system;
  if (inUse.some(hasChanged)) {
    const planned = planAgain(record, environment, system);
    if (planned.kind === "problems") {
      const [first] = planned.problems;
      const text = [...(first?.where ?? []), first?.text].join(": ");
      return { healthy: true, text: `a restart would not help: ${text}` };
    }
    const renewal = findRenewal(inUse, planned.plan.shown, now);
    if (renewal !== undefined) return renewed(renewal, environment, system);
  }
  const expired = inUse.find((one) => hasExpired(one, now));
  if (expired === undefined) return undefined;
  return { healthy: true, text: `${expired.source} expired on ${expired.notAfter}, and nothing newer is mounted` };
}

function hasChanged({ source, stamp }: RecordedCertificate): boolean {
  const current = readFileStamp(source);
  return current?.size !== stamp?.size || current?.modified !== stamp?.modified;
}

/** Everything but the command, which does not depend on certificates. */
function planAgain(record: StartRecord, environment: Environment, system: System): Planned {
  const exec = { path: "", argv: [], set: {}, unset: [] };
  const launch: Launcher = () => ({ kind: "exec", exec, notices: [] });
  return makePlan({ command: [record.role], environment, features, system, launch });
}

function renewed({ mounted, expired }: Renewal, environment: Environment, { now, hostname }: System): Verdict {
  const { certificate, source } = mounted;
  const asked = environment["SLUICE_HEALTH_SPREAD"];
  const spread = asked === undefined || !/^\d{1,6}$/.test(asked) ? defaultSpread(mounted) : Number(asked);
  const since = (readFileStamp(source)?.modified ?? 0) * 1000;
  // A file from the future must not keep a process from its restart for ever.
  const mountedAt = since > now.getTime() ? 0 : since;
  const left = Math.ceil(mountedAt / 1000 + delaySeconds(hostname, certificate.sha256, spread) - now.getTime() / 1000);
  const what = `${source} has a newer certificate than ${expired ? "the one in use, which has expired" : "the one in use"}`;
  if (left > 0) return { healthy: true, text: `${what}; to be restarted in ${left} s` };
  return { healthy: false, text: what };
}
