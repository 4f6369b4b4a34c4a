import type { Verdict } from "../../health/kubernetes-probe.ts";
import { ownTaskManager, registeredId } from "../../health/own-registration.ts";
import { jobManagerRestAddress, ownRestAddress, type RestAddress } from "../../health/rest-address.ts";
import { askRest, type RestAnswer } from "../../shell/network/rest-client.ts";
import { type RestIdentity, plannedIdentity, readRestIdentity } from "../../shell/network/rest-identity.ts";
import { forgetKnownId, readKnownId, writeKnownId } from "../../shell/run-dir/resource-id.ts";
import { listeningOf } from "../../shell/network/listening.ts";
import { ownHosts } from "../../shell/network/own-hosts.ts";
import { readSystem } from "../../shell/read-system.ts";
import { hasChanged, planAgain } from "./plan-again.ts";
import { describeStatus, type Probed } from "./probed-process.ts";

/** Whether a JobManager's REST API has a leader to ask, itself or another one. */
export async function leads(probed: Probed): Promise<Verdict> {
  const answer = await ask(probed, ownRestAddress(probed.settings), "/overview");
  if (answer.kind !== "answer") return { healthy: false, text: answer.reason };
  return { healthy: answer.status === 200, text: describeStatus(answer.status) };
}

/**
 * Whether a TaskManager is registered at its JobManager. Only a TaskManager that was found in the list is asked for by its id: Flink
 * 2.3 answers a request for an unknown id with status 500, and logs an error each time.
 */
export async function isRegistered(probed: Probed): Promise<Verdict> {
  const { settings, roleDir, record } = probed;
  const address = jobManagerRestAddress(settings);
  const known = readKnownId(roleDir, record);
  if (known !== undefined) {
    const answer = await ask(probed, address, `/taskmanagers/${encodeURIComponent(known)}`);
    if (answer.kind === "answer" && answer.status === 200) return registered(address, known);
    if (answer.kind !== "answer" || ![404, 500].includes(answer.status)) return notRegistered(answer);
    forgetKnownId(roleDir);
  }
  const answer = await ask(probed, address, "/taskmanagers");
  if (answer.kind !== "answer" || answer.status !== 200) return notRegistered(answer);
  const id = findId(probed, answer.body);
  if (id === undefined) return { healthy: false, text: `not registered at the JobManager ${address.host}` };
  return registered(address, id);
}

function registered(address: RestAddress, id: string): Verdict {
  return { healthy: true, text: `registered at the JobManager ${address.host} as ${id}` };
}

function notRegistered(answer: RestAnswer): Verdict {
  if (answer.kind !== "answer") return { healthy: false, text: answer.reason };
  return { healthy: false, text: `the JobManager's ${describeStatus(answer.status)}` };
}

function findId({ settings, roleDir, record }: Probed, body: string): string | undefined {
  const ports = listeningOf(record.pid).map(({ port }) => port);
  const id = registeredId(body, ownTaskManager(settings, ownHosts(), ports));
  if (id !== undefined) writeKnownId(roleDir, record, id);
  return id;
}

async function ask(probed: Probed, address: RestAddress, path: string): Promise<RestAnswer> {
  const { settings, signal } = probed;
  const identity = address.tls ? readRestIdentity(settings) : undefined;
  if (identity !== undefined && "reason" in identity) return { kind: "none", reason: identity.reason };
  const answer = await askRest({ address, path, identity, verify: true, signal });
  if (answer.kind !== "tls") return answer;
  const mounted = renewedIdentity(probed);
  return mounted === undefined ? answer : askRest({ address, path, identity: mounted, verify: true, signal });
}

/** A JobManager that was restarted for a renewed certificate may no longer know the one that this process was started with. */
function renewedIdentity({ record, environment }: Probed): RestIdentity | undefined {
  const system = readSystem({ environment });
  if (!record.certificates.some((one) => one.side === "rest" && hasChanged(one, system))) return undefined;
  const planned = planAgain(record, environment, system);
  return planned.kind === "plan" ? plannedIdentity(planned.plan) : undefined;
}
