import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** Something that listens on 127.0.0.1 and is not what it should be. */
export interface StrangeServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Takes connections, and does this when something comes. */
async function answering(answer: (socket: Socket) => void): Promise<StrangeServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", () => answer(socket));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}

/** A web server, as far as it goes. */
export function webServer(body = "hello"): Promise<StrangeServer> {
  const response = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
  return answering((socket) => socket.end(response));
}

/** Listens, and lets the kernel drop each SYN, because its queue is full and nobody takes from it: a black hole. */
export async function fullBacklog(): Promise<StrangeServer> {
  const program = `
import socket, sys, time
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(0)
waiting = []
for _ in range(8):
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex(server.getsockname())
    waiting.append(client)
time.sleep(0.3)
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`;
  const child = spawn("python3", ["-c", program], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return {
    port: Number(line.toString()),
    stop: async () => {
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
    },
  };
}

/** A server of TLS 1.1 and older. */
export async function oldTlsServer({
  key,
  crt,
}: {
  readonly key: string;
  readonly crt: string;
}): Promise<StrangeServer> {
  const versions = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(crt), ...versions });
  server.on("tlsClientError", () => {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      await once(server.close(), "close");
    },
  };
}
