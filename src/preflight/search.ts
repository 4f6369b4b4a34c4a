import type { Finding } from "../core/findings.ts";
import { addressText, type Connection, NetworkFailure } from "../core/network.ts";
import type { SearchProbe } from "../core/probe.ts";
import type { Problem } from "../core/problem.ts";
import { FormatError } from "../formats/format-error.ts";
import { type HttpResponse, readHttpResponse } from "../formats/http-response.ts";
import { judgeResponse } from "./search-response.ts";
import { searchClusterProblems } from "./problems.ts";
import type { ServiceWorld } from "./service-world.ts";
import { connectTrusted } from "./trusted-connection.ts";
import { unreachable } from "./unreachable.ts";

const { problem } = searchClusterProblems;

/** Asks one node who it is, with the credentials, over a connection that Java would trust. */
export async function probeSearch(probe: SearchProbe, world: ServiceWorld): Promise<readonly Finding[]> {
  const where = [...probe.where, addressText(probe.address)];
  try {
    const { response, findings } = await ask(probe, where, world);
    return response === undefined ? findings : [...findings, ...judgeResponse(response, probe, where)];
  } catch (error) {
    if (!(error instanceof NetworkFailure || error instanceof FormatError)) throw error;
    const other =
      error instanceof NetworkFailure && error.kind === "unknown-host"
        ? undefined
        : await otherScheme(probe, where, world);
    if (other !== undefined) return [other];
    const hint = "name the host and port of a node of the cluster";
    if (error instanceof FormatError) return [problem("unexpected-answer", where, error.message, hint)];
    const reached = unreachable(problem, "the cluster", { where: probe.where, address: probe.address }, error);
    return [reached ?? problem("unexpected-answer", where, error.message, hint)];
  }
}

async function ask(
  probe: SearchProbe,
  where: readonly string[],
  { network, anchors }: ServiceWorld,
): Promise<{ readonly response?: HttpResponse; readonly findings: readonly Finding[] }> {
  const { address, tls } = probe;
  const { connection, findings } =
    tls === undefined
      ? { connection: await network.connect(address), findings: [] }
      : await connectTrusted({ where, address, tls }, network, anchors);
  if (connection === undefined) return { findings };
  return { findings, response: await get(connection, probe) };
}

async function get(connection: Connection, { address, path, authorization }: SearchProbe): Promise<HttpResponse> {
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
  probe: SearchProbe,
  where: readonly string[],
  { network }: ServiceWorld,
): Promise<Problem | undefined> {
  const [variable = ""] = where;
  try {
    if (probe.tls === undefined) {
      (await network.connectTls(probe.address, undefined)).close();
      const hint = `set ${variable.replace(/_HOSTS$/, "_SSL_ENABLED")}=true, or write the host as https://`;
      return problem("needs-tls", where, "this port takes TLS only, and is addressed by http", hint);
    }
    const { authorization: _none, ...without } = probe;
    await get(await network.connect(probe.address), { ...without, authorization: undefined });
    const hint = "name the port for TLS, or have the cluster turn it on";
    return problem("no-tls", where, "this port has no TLS, and is addressed by https", hint);
  } catch (error) {
    if (error instanceof NetworkFailure || error instanceof FormatError) return undefined;
    throw error;
  }
}
