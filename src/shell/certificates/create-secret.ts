import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type KubernetesSecret, secretObject } from "../../formats/kubernetes-secret.ts";
import { log } from "../terminal/log.ts";
import { readRegularFile } from "../files/read-file.ts";
import { reason } from "../run-dir/run-dir.ts";

/** A Secret that could not be created. */
export class CannotCreate extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "CannotCreate";
    this.hint = hint;
  }
}

/** A pod's way to the API of its cluster. */
export interface ServiceAccount {
  readonly host: string;
  readonly port: number;
  readonly namespace: string;
  readonly token: string;
  /** PEM. */
  readonly ca: string;
}

/** Reads what kubelet mounts into a pod, and the address that it sets. Throws {@link CannotCreate} outside of one. */
export function readServiceAccount(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): ServiceAccount {
  const read = (name: string) => {
    const path = join(folder, name);
    const file = readRegularFile(path);
    if (file.kind === "file") return Buffer.from(file.bytes).toString("utf8").trim();
    const hint = "run it in a pod whose service account's token is mounted (automountServiceAccountToken)";
    throw new CannotCreate(`${path}: ${file.kind === "denied" ? "permission denied" : "no such file"}`, hint);
  };
  return {
    host: environment["KUBERNETES_SERVICE_HOST"] ?? "kubernetes.default.svc",
    port: Number(environment["KUBERNETES_SERVICE_PORT"] ?? 443),
    namespace: read("namespace"),
    token: read("token"),
    ca: read("ca.crt"),
  };
}

/** Between tries: a pod's network policies may take a few seconds to let it out. */
const pausesMs = [1000, 2000, 4000, 8000];
const timeoutMs = 10_000;

interface Answer {
  readonly status: number;
  /** Of a Status object (Kubernetes API, v1). */
  readonly message: string;
  readonly isFinal?: boolean;
}

/**
 * Creates a Secret by Kubernetes' API, and never changes one: returns whether it was created, or was there already. Tries again
 * where that can help. Throws {@link CannotCreate}.
 */
export async function createSecret(secret: KubernetesSecret, account: ServiceAccount): Promise<"created" | "exists"> {
  const where = `the API server at ${account.host}:${account.port}`;
  for (const pause of [...pausesMs, undefined]) {
    const answer = await post(secret, account).catch((error: unknown) => noAnswer(error));
    if (answer.status === 201) return "created";
    if (answer.status === 409) return "exists";
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
      throw refusal(answer, secret.namespace ?? account.namespace);
    const why = answer.status === 0 ? answer.message : `status ${answer.status}, ${answer.message}`;
    if (pause === undefined || answer.isFinal === true) {
      throw new CannotCreate(`${where} does not answer: ${why}`, "let the pod reach it: DNS, NetworkPolicy, proxies");
    }
    log(`${where}: ${why}; trying again in ${pause / 1000} s`);
    await sleep(pause);
  }
  throw new Error("unreachable");
}

const passing = /^E(CONN|TIMEDOUT|HOST|NET|AI_AGAIN|PIPE|NOTFOUND)/;

/** Status 0. A network may get better; a server that is not who it should be does not. */
function noAnswer(error: unknown): Answer {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { status: 0, message: reason(error), isFinal: !passing.test(code) };
}

function refusal({ status, message }: Answer, namespace: string): CannotCreate {
  const said = `the API server refuses it with ${status}: ${message}`;
  if (status === 401) return new CannotCreate(said, "the token is not valid: mount the service account's own one");
  if (status === 403) {
    return new CannotCreate(
      said,
      `let the service account create secrets in ${namespace}: a Role with the verb create`,
    );
  }
  return new CannotCreate(said, "see what it says, and correct the options");
}

function post(secret: KubernetesSecret, { host, port, token, ca, namespace }: ServiceAccount): Promise<Answer> {
  // node:https at the top level crashes the build of a snapshot.
  const { request } = process.getBuiltinModule("node:https");
  const body = JSON.stringify(secretObject(secret));
  return new Promise((resolve, reject) => {
    const sent = request({
      host,
      port,
      method: "POST",
      path: `/api/v1/namespaces/${secret.namespace ?? namespace}/secrets?fieldManager=sluice`,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      },
      ca,
      ...(isIP(host) === 0 && { servername: host }),
      agent: false,
      timeout: timeoutMs,
    });
    sent.on("response", (response) => resolve(readAnswer(response)));
    sent.on("timeout", () => sent.destroy(timeout()));
    sent.on("error", reject);
    sent.end(body);
  });
}

function timeout(): Error {
  return Object.assign(new Error(`no answer in ${timeoutMs / 1000} s`), { code: "ETIMEDOUT" });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += String(chunk);
  const status = response.statusCode ?? 0;
  // What it was given comes back when it succeeds: a key.
  return { status, message: status === 201 ? "" : statusMessage(text) };
}

function statusMessage(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === "string" ? message : "no reason given";
  } catch {
    return "no reason given";
  }
}
