import { once } from "node:events";
import { createServer } from "node:net";

/** Ports of 127.0.0.1 that nothing listened on a moment ago, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => {
    const address = server.address();
    return address === null || typeof address === "string" ? 0 : address.port;
  });
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

/** PEM, for both sides of mutual TLS. */
export interface ClientTls {
  readonly cert: Uint8Array;
  readonly key: Uint8Array;
  readonly ca: Uint8Array;
}

/** How many TaskManagers the JobManager on 127.0.0.1 has (Flink's REST API, `/overview`); undefined as long as it does not answer. */
export function countTaskManagers(port: number, { cert, key, ca }: ClientTls): Promise<number | undefined> {
  // node:https at the top level crashes the build of a snapshot.
  const { get } = process.getBuiltinModule("node:https");
  const options = { host: "127.0.0.1", port, path: "/overview", agent: false, timeout: 5000 };
  const pem = { cert: Buffer.from(cert), key: Buffer.from(key), ca: Buffer.from(ca) };
  return new Promise((resolve) => {
    const request = get({ ...options, ...pem }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => {
        const { taskmanagers } = (response.statusCode === 200 ? JSON.parse(body) : {}) as {
          readonly taskmanagers?: number;
        };
        resolve(taskmanagers);
      });
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
  });
}
