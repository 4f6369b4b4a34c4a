import type { Finding } from "../../../core/findings/findings.ts";
import { addressText, type Connection, NetworkFailure } from "../../../core/system/network.ts";
import type { Probe, ProbeContext } from "../../../core/feature/probe.ts";
import type { Problem } from "../../../core/findings/problem.ts";
import { FormatError } from "../../../formats/format-error.ts";
import { type HttpResponse, readHttpResponse } from "../../../formats/http-response.ts";
import { judgeResponse } from "./judge-response.ts";
import { searchClusterProblems } from "./problems.ts";
import type { SearchNode } from "./search-node.ts";
import { connectTrusted } from "../../../preflight/trusted-connection.ts";
import { unreachable } from "../../../preflight/unreachable.ts";

const { problem } = searchClusterProblems;

/** Asks a node for its version, with the credentials, over a connection that Java would trust. */
export class SearchNodeProbe implements Probe {
  readonly what: string;
  readonly node: SearchNode;

  constructor(node: SearchNode) {
    this.what = `${node.product} at ${addressText(node.address)}`;
    this.node = node;
  }

  run(context: ProbeContext): Promise<readonly Finding[]> {
    return check(this.node, context);
  }
}

async function check(node: SearchNode, context: ProbeContext): Promise<readonly Finding[]> {
  const where = [...node.where, addressText(node.address)];
  try {
    const { response, findings } = await ask(node, where, context);
    return response === undefined ? findings : [...findings, ...judgeResponse(response, node, where)];
  } catch (error) {
    if (!(error instanceof NetworkFailure || error instanceof FormatError)) throw error;
    const other =
      error instanceof NetworkFailure && error.kind === "unknown-host"
        ? undefined
        : await otherScheme(node, where, context);
    if (other !== undefined) return [other];
    const hint = "name the host and port of a node of the cluster";
    if (error instanceof FormatError) return [problem("unexpected-answer", where, error.message, hint)];
    const reached = unreachable(problem, "the cluster", { where: node.where, address: node.address }, error);
    return [reached ?? problem("unexpected-answer", where, error.message, hint)];
  }
}

async function ask(
  node: SearchNode,
  where: readonly string[],
  { network, anchors }: ProbeContext,
): Promise<{ readonly response?: HttpResponse; readonly findings: readonly Finding[] }> {
  const { address, tls } = node;
  const { connection, findings } =
    tls === undefined
      ? { connection: await network.connect(address), findings: [] }
      : await connectTrusted({ where, address, tls }, network, anchors);
  if (connection === undefined) return { findings };
  return { findings, response: await get(connection, node) };
}

async function get(connection: Connection, { address, path, authorization }: SearchNode): Promise<HttpResponse> {
  const request = (credentials: string) =>
    Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: ${addressText(address)}\r\nAccept: application/json\r\nConnection: close\r\n${credentials}\r\n`,
      "latin1",
    );
  try {
    connection.send(authorization?.map((value): Uint8Array => request(`Authorization: ${value}\r\n`)) ?? request(""));
    return readHttpResponse(await connection.readToEnd());
  } finally {
    connection.close();
  }
}

/** Whether the port speaks TLS where it should not, or HTTP where it should be TLS. */
async function otherScheme(
  node: SearchNode,
  where: readonly string[],
  { network }: ProbeContext,
): Promise<Problem | undefined> {
  const [variable = ""] = where;
  try {
    if (node.tls === undefined) {
      (await network.connectTls(node.address, undefined)).close();
      const hint = `set ${variable.replace(/_HOSTS$/, "_SSL_ENABLED")}=true, or write the host as https://`;
      return problem("needs-tls", where, "this port takes TLS only, and is addressed by http", hint);
    }
    const { authorization: _none, ...without } = node;
    await get(await network.connect(node.address), { ...without, authorization: undefined });
    const hint = "name the port for TLS, or have the cluster turn it on";
    return problem("no-tls", where, "this port has no TLS, and is addressed by https", hint);
  } catch (error) {
    if (error instanceof NetworkFailure || error instanceof FormatError) return undefined;
    throw error;
  }
}
