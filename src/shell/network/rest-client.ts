import type { RestAddress } from "../../health/rest-address.ts";
import type { RestIdentity } from "./rest-identity.ts";

/** What came back from a REST API. */
export type RestAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly body: string }
  /** Somebody is there and speaks TLS, but one of the two did not accept the other. */
  | { readonly kind: "tls"; readonly reason: string }
  | { readonly kind: "none"; readonly reason: string };

export interface RestQuestion {
  readonly address: RestAddress;
  readonly path: string;
  /** Shown to the server. */
  readonly identity: RestIdentity | undefined;
  /** Whether an answer counts only from a server whose certificate the identity trusts. */
  readonly verify: boolean;
  readonly signal: AbortSignal;
}

/** GET, at the first port of the address that takes a connection. Never throws. */
export async function askRest(question: RestQuestion): Promise<RestAnswer> {
  let answer: RestAnswer = { kind: "none", reason: "its configuration names no port" };
  for (const port of question.address.ports) {
    answer = await askPort(question, port);
    if (answer.kind !== "none" || question.signal.aborted) return answer;
  }
  return answer;
}

function askPort({ address, path, identity, verify, signal }: RestQuestion, port: number): Promise<RestAnswer> {
  // node:https at the top level crashes the build of a snapshot.
  const module = address.tls ? process.getBuiltinModule("node:https") : process.getBuiltinModule("node:http");
  const { host } = address;
  const options = { host, port, path, agent: false, signal, ...(address.tls && tlsOptions(identity, verify)) };
  const where = `${host}:${port}`;
  return new Promise((resolve) => {
    const fail = (error: Error & { readonly code?: string }) => {
      const code = error.code ?? "";
      if (signal.aborted) resolve({ kind: "none", reason: `${where} does not answer in time` });
      else if (isTlsRefusal(code)) resolve({ kind: "tls", reason: `TLS with ${where} fails: ${code}` });
      else resolve({ kind: "none", reason: `${where}: ${code || error.message}` });
    };
    const request = module.get(options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("error", fail);
      response.on("end", () => resolve({ kind: "answer", status: response.statusCode ?? 0, body }));
    });
    request.on("error", fail);
  });
}

/** Names of OpenSSL's alerts, and of Node's for a certificate that cannot be verified. */
function isTlsRefusal(code: string): boolean {
  return /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$)/.test(code);
}

function tlsOptions(identity: RestIdentity | undefined, verify: boolean) {
  const { DEFAULT_CIPHERS } = process.getBuiltinModule("node:tls");
  return {
    ...identity,
    rejectUnauthorized: verify,
    // The certificate belongs to the cluster: Flink's own clients do not look at the name either.
    checkServerIdentity: () => undefined,
    // Java takes any certificate of a truststore as an anchor, and shorter keys than OpenSSL.
    allowPartialTrustChain: true,
    ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
    minVersion: "TLSv1.2" as const,
  };
}
