import { ExitCode } from "../../core/findings/exit-code.ts";
import { clusterRoles, roleOfDir } from "../../core/plan/run-dir.ts";
import { type ClusterRecord, isOfCluster } from "../../core/plan/start-record.ts";
import type { Check, Verdict } from "../../health/kubernetes-probe.ts";
import { portsToAsk } from "../../health/ports-to-ask.ts";
import { ownRestAddress } from "../../health/rest-address.ts";
import { askRest } from "../../shell/network/rest-client.ts";
import { readRestIdentity } from "../../shell/network/rest-identity.ts";
import { findProcesses, type FoundProcesses } from "../../shell/process/find-process.ts";
import { readFlinkSettings } from "../../shell/read-flink-conf.ts";
import { portAnswers } from "../../shell/network/port-check.ts";
import { listeningOf } from "../../shell/network/listening.ts";
import { print } from "../../shell/terminal/log.ts";
import type { RunningStart } from "../../shell/run-dir/start-record.ts";
import { yieldMemory } from "../../shell/process/yield-memory.ts";
import { UsageError } from "../arguments.ts";
import { severalRun } from "../run/running-configuration.ts";
import { checkCertificates } from "./certificates.ts";
import type { HealthOptions } from "./options.ts";
import { isRegistered, leads } from "./readiness.ts";
import type { Environment } from "../prepare.ts";
import { describeStatus, type Probed } from "./probed-process.ts";

/** Answers a probe in one line on stdout, and by the exit code. */
export async function health({ name, check, timeout }: HealthOptions, environment: Environment): Promise<ExitCode> {
  yieldMemory();
  const signal = AbortSignal.timeout(timeout);
  const role = name === undefined ? undefined : roleOfDir(name);
  const processes = findProcesses(
    clusterRoles.filter((each) => role === undefined || each === role),
    environment,
  );
  const found = select(name, processes);
  const { healthy, text } =
    found === undefined
      ? { healthy: false, text: processes.reason }
      : await probe({ ...found, environment: processes.environment }, check, signal);
  print(`${found?.name ?? name ?? "flink"} ${check}: ${healthy ? "ok" : "failed"}: ${text}\n`);
  return healthy ? ExitCode.done : ExitCode.unhealthy;
}

/** The named process, or the only one. */
function select(name: string | undefined, { running }: FoundProcesses): OfCluster | undefined {
  const cluster = running.filter((each): each is OfCluster => isOfCluster(each.record));
  if (name !== undefined) return cluster.find((each) => each.name === name);
  const [first, second] = cluster;
  if (second === undefined) return first;
  throw new UsageError(severalRun(cluster), `name one: sluice health ${second.name}`);
}

type OfCluster = RunningStart & { readonly record: ClusterRecord };

async function probe(
  running: Omit<Probed, "settings" | "signal">,
  check: Check,
  signal: AbortSignal,
): Promise<Verdict> {
  const { record, state } = running;
  // Its ports would still take connections.
  if (state === "T" || state === "t") return { healthy: false, text: `process ${record.pid} is stopped by a signal` };
  const settings = readFlinkSettings(record.environment.set["FLINK_CONF_DIR"] ?? "", record.pid);
  const probed = { ...running, settings, signal };
  if (check === "liveness") {
    const alive = await isAlive(probed);
    const certificates = alive.healthy ? checkCertificates(record, running.environment) : undefined;
    return certificates === undefined ? alive : { ...certificates, text: `${alive.text}; ${certificates.text}` };
  }
  if (record.role === "taskmanager") return isRegistered(probed);
  return check === "startup" ? isAlive(probed) : leads(probed);
}

/** Checks only this process, never its peers. */
function isAlive(probed: Probed): Promise<Verdict> {
  return probed.record.role === "taskmanager" ? takesConnections(probed) : answers(probed);
}

async function answers(probed: Probed): Promise<Verdict> {
  const { settings, signal } = probed;
  const address = ownRestAddress(settings);
  // A port that the kernel chose is in no configuration.
  if (address.ports.length === 0) return takesConnections(probed);
  const own = address.tls ? readRestIdentity(settings) : undefined;
  // Flink writes a stack trace for each client without a certificate. What it thinks of this one is no question of life.
  const identity = own === undefined || "reason" in own ? undefined : own;
  const answer = await askRest({ address, path: "/overview", identity, verify: false, signal });
  switch (answer.kind) {
    case "answer":
      return { healthy: true, text: describeStatus(answer.status) };
    case "tls":
      return { healthy: true, text: `REST answers, but ${answer.reason}` };
    case "none":
      return { healthy: false, text: answer.reason };
  }
}

async function takesConnections({ record: { pid }, settings, signal }: Probed): Promise<Verdict> {
  const all = portsToAsk(settings, listeningOf(pid));
  if (all.length === 0) return { healthy: false, text: `process ${pid} listens on no port` };
  const answered = await Promise.any(
    all.map(async (listening) => {
      if (await portAnswers(listening, signal)) return listening;
      throw new Error("no answer");
    }),
  ).catch(() => undefined);
  if (answered !== undefined) return { healthy: true, text: `process ${pid} answers on port ${answered.port}` };
  const ports = all.map(({ port }) => port).join(", ");
  return { healthy: false, text: `process ${pid} listens on port ${ports}, and does not answer in time` };
}
