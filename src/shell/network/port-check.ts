import type { Listening } from "./listening.ts";

/**
 * Whether a process answers on a port. The kernel takes connections for a process that is stopped too, so the connection
 * is ended from this side at once: a process that runs sees that, and ends it from its own. Nothing is sent, so that no
 * protocol, and no log, has anything to complain of.
 */
export function portAnswers({ host, port }: Listening, signal: AbortSignal): Promise<boolean> {
  const { connect } = process.getBuiltinModule("node:net");
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal, allowHalfOpen: true }, () => socket.end());
    // TLS may say a last word.
    socket.resume();
    socket.once("end", () => resolve(true));
    socket.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code === "ECONNRESET"));
    socket.once("close", () => resolve(false));
  });
}
