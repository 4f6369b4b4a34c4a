import { connect as connectPlain } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";

/** Who knocks: without TLS, or with TLS and perhaps a certificate. */
export type Client = "plaintext" | { readonly cert?: string; readonly key?: string };

/** `accepted` is certain: the server has taken the client's certificate, or answered in plaintext. */
export interface ProbeResult {
  readonly outcome: "accepted" | "redirected" | "refused";
  /** What was seen, such as `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED`. */
  readonly detail: string;
}

const patience = 20_000;

/** Knocks at a port of 127.0.0.1. Rejects when nothing listens there, or when nothing is clear after 20 s. */
export function probe(port: number, client: Client): Promise<ProbeResult> {
  return client === "plaintext" ? probePlain(port) : probeTls(port, client);
}

function probePlain(port: number): Promise<ProbeResult> {
  return new Promise((resolve, reject) => {
    const socket = connectPlain({ port, host: "127.0.0.1" });
    let answer = "";
    socket.setEncoding("latin1");
    socket.setTimeout(patience, () => socket.destroy(new Error(`port ${port} says nothing to plaintext`)));
    socket.on("connect", () => socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    socket.on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET") resolve({ outcome: "refused", detail: "ECONNRESET" });
      else reject(error);
    });
    socket.on("close", () => resolve(plainAnswer(answer)));
  });
}

/** A TLS alert (record type 21, RFC 8446, 5.1) is a refusal; so is a redirect to https, which tells nothing. */
function plainAnswer(answer: string): ProbeResult {
  if (answer === "") return { outcome: "refused", detail: "closed without an answer" };
  if (answer.charCodeAt(0) === 21) return { outcome: "refused", detail: "TLS alert" };
  const target = /^HTTP\/1\.1 30[1278] [\s\S]*?\r\nlocation: (https:\S*)/i.exec(answer)?.[1];
  if (target !== undefined) return { outcome: "redirected", detail: `to ${target}` };
  return { outcome: "accepted", detail: answer.slice(0, 60) };
}

/**
 * A session ticket tells that the server is content: in TLS 1.3 it comes after the client's certificate was looked at, and in
 * TLS 1.2 the handshake itself only ends then.
 */
function probeTls(port: number, client: ConnectionOptions): Promise<ProbeResult> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false, ...client });
    const accepted = () => {
      resolve({ outcome: "accepted", detail: socket.getProtocol() ?? "TLS" });
      socket.destroy();
    };
    socket.setTimeout(patience, () => socket.destroy(new Error(`port ${port} does not answer`)));
    socket.on("secureConnect", () => {
      if (socket.getProtocol() !== "TLSv1.3") accepted();
    });
    socket.on("session", () => {
      if (socket.getProtocol() === "TLSv1.3") accepted();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" || error.code === undefined) reject(error);
      else resolve({ outcome: "refused", detail: error.code });
    });
    socket.on("close", () => resolve({ outcome: "refused", detail: "closed in the handshake" }));
  });
}
