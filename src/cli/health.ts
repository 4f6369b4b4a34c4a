import { ExitCode } from "../core/exit-code.ts";
import type { Check, FlinkSettings, Verdict } from "../health/probe.ts";
import { jobManagerRestAddress, ownRestAddress, type RestAddress } from "../health/rest-address.ts";
import { ownTaskManager, registeredId } from "../health/own-registration.ts";
import { askRest, type RestAnswer } from "../shell/ask-rest.ts";
import { readClientIdentity } from "../shell/client-identity.ts";
import { findProcess, type FoundProcess } from "../shell/find-process.ts";
import { readFlinkSettings } from "../shell/flink-settings.ts";
import { knock } from "../shell/knock.ts";
import { listeningOf } from "../shell/listening.ts";
import { print } from "../shell/log.ts";
import { ownHosts } from "../shell/own-hosts.ts";
import { yieldMemory } from "../shell/yield-memory.ts";
import { checkCertificates } from "./health-certificates.ts";
import type { HealthOptions } from "./health-options.ts";
import type { Environment } from "./prepare.ts";

type Running = Extract<FoundProcess, { kind: "running" }>;

/** Answers a probe in one line on stdout, and by the exit code. */
export async function health({ role, check, timeout }: HealthOptions, environment: Environment): Promise<ExitCode> {
  yieldMemory();
  const signal = AbortSignal.timeout(timeout);
  const found = findProcess(role === undefined ? ["jobmanager", "taskmanager"] : [role], environment);
  const { healthy, text } =
    found.kind === "running" ? await probe(found, check, signal) : { healthy: false, text: found.reason };
  const name = found.kind === "running" ? found.record.role : (role ?? "flink");
  print(`${name} ${check}: ${healthy ? "ok" : "failed"}: ${text}\n`);
  return healthy ? ExitCode.done : ExitCode.unhealthy;
}

async function probe(running: Running, check: Check, signal: AbortSignal): Promise<Verdict> {
  const { record, state } = running;
  // Its ports would still take connections.
  if (state === "T" || state === "t") return { healthy: false, text: `process ${record.pid} is stopped by a signal` };
  const settings = readFlinkSettings(record.environment.set["FLINK_CONF_DIR"] ?? "", record.pid);
  if (check === "liveness") {
    const alive = await isAlive(running, settings, signal);
    const certificates = alive.healthy ? checkCertificates(record, running.environment) : undefined;
    return certificates === undefined ? alive : { ...certificates, text: `${alive.text}; ${certificates.text}` };
  }
  if (record.role === "taskmanager") return isRegistered(running, settings, signal);
  if (check === "startup") return isAlive(running, settings, signal);
  const { answer } = await ask(ownRestAddress(settings), "/overview", settings, signal);
  return judge(answer, ({ status }) => ({ healthy: status === 200, text: described(status) }));
}

/** Nothing that another process could be to blame for. */
async function isAlive({ record }: Running, settings: FlinkSettings, signal: AbortSignal): Promise<Verdict> {
  if (record.role === "taskmanager") return takesConnections(record.pid, signal);
  const address = ownRestAddress(settings);
  const own = address.tls ? readClientIdentity(settings) : undefined;
  // Flink writes a stack trace for each client without a certificate. What it thinks of this one is no question of life.
  const identity = own === undefined || "reason" in own ? undefined : own;
  const answer = await askRest({ address, path: "/overview", identity, verify: false, signal });
  if (answer.kind === "tls") return { healthy: true, text: `REST answers, but ${answer.reason}` };
  return judge(answer, ({ status }) => ({ healthy: true, text: described(status) }));
}

async function takesConnections(pid: number, signal: AbortSignal): Promise<Verdict> {
  const all = listeningOf(pid);
  if (all.length === 0) return { healthy: false, text: `process ${pid} listens on no port` };
  const answered = await Promise.any(
    all.map(async (listening) => {
      if (await knock(listening, signal)) return listening;
      throw new Error("no answer");
    }),
  ).catch(() => undefined);
  if (answered !== undefined) return { healthy: true, text: `process ${pid} answers on port ${answered.port}` };
  const ports = all.map(({ port }) => port).join(", ");
  return { healthy: false, text: `process ${pid} listens on port ${ports}, and does not answer in time` };
}

async function isRegistered({ record }: Running, settings: FlinkSettings, signal: AbortSignal): Promise<Verdict> {
  const address = jobManagerRestAddress(settings);
  const { answer } = await ask(address, "/taskmanagers", settings, signal);
  return judge(answer, ({ status, body }) => {
    if (status !== 200) return { healthy: false, text: `the JobManager's ${described(status)}` };
    const ports = listeningOf(record.pid).map(({ port }) => port);
    const id = registeredId(body, ownTaskManager(settings, ownHosts(), ports));
    if (id === undefined) return { healthy: false, text: `not registered at the JobManager ${address.host}` };
    return { healthy: true, text: `registered at the JobManager ${address.host} as ${id}` };
  });
}

async function ask(address: RestAddress, path: string, settings: FlinkSettings, signal: AbortSignal) {
  const identity = address.tls ? readClientIdentity(settings) : undefined;
  if (identity !== undefined && "reason" in identity) {
    return { answer: { kind: "none", reason: identity.reason } as const };
  }
  return { answer: await askRest({ address, path, identity, verify: true, signal }) };
}

function judge(answer: RestAnswer, verdict: (answer: Extract<RestAnswer, { kind: "answer" }>) => Verdict): Verdict {
  return answer.kind === "answer" ? verdict(answer) : { healthy: false, text: answer.reason };
}

/** Flink answers 503 while no JobManager leads. */
function described(status: number): string {
  return status === 503 ? "REST answers with 503: no JobManager leads" : `REST answers with ${status}`;
}
