import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import { type ClientIdentity, NetworkFailure, type TlsConnection } from "../../core/system/network.ts";
import { openSecret } from "../../secret.ts";
import { writePem } from "../../formats/x509/pem.ts";
import { failureOf, SocketConnection } from "./socket-connection.ts";

/** Makes a connection one with TLS 1.2 or 1.3. What the server shows is not verified here. */
export async function upgrade(
  connection: SocketConnection,
  host: string,
  identity: ClientIdentity | undefined,
  limit: number,
): Promise<TlsConnection> {
  const { connect } = process.getBuiltinModule("node:tls");
  const { isIP } = process.getBuiltinModule("node:net");
  // Errors of the raw socket surface on the TLS socket; this avoids an unhandled "error" event.
  const plain = connection.release().on("error", () => {});
  const socket = connect({
    socket: plain,
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    ...(isIP(host) === 0 && { servername: host }),
    ...(identity && { key: writePem("PRIVATE KEY", openSecret(identity.key)), cert: identity.chain.map(pem).join("") }),
  });
  try {
    await secured(socket, limit);
  } catch (error) {
    socket.destroy();
    plain.destroy();
    throw error;
  }
  const secure = new SocketConnection(socket, connection.limit);
  const chain = chainOf(socket);
  return {
    chain,
    send: (bytes) => secure.send(bytes),
    read: (length) => secure.read(length),
    readToEnd: () => secure.readToEnd(),
    close: () => secure.close(),
  };
}

function pem(der: Uint8Array): string {
  return writePem("CERTIFICATE", der);
}

function secured(socket: TLSSocket, limit: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NetworkFailure("silent", "no TLS handshake in time")), limit);
    socket.once("secureConnect", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on("error", (error) => {
      clearTimeout(timer);
      reject(failureOf(error));
    });
    socket.once("close", () => {
      clearTimeout(timer);
      reject(new NetworkFailure("closed", "it closes the connection"));
    });
  });
}

/** What Node links together ends with a certificate that is its own issuer. */
function chainOf(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (next?.raw !== undefined && !chain.some((known) => Buffer.compare(known, next?.raw ?? known) === 0)) {
    chain.push(next.raw);
    next = next.issuerCertificate;
  }
  return chain;
}
