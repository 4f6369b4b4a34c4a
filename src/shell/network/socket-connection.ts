import type { Socket } from "node:net";
import { type Connection, NetworkFailure } from "../../core/system/network.ts";
import { openSecret, type Secret } from "../../secret.ts";

const largest = 1024 * 1024;

/** A socket of which exactly as much is read as is asked for. */
export class SocketConnection implements Connection {
  readonly #limit: () => number;
  #socket: Socket;
  #received = Buffer.alloc(0);
  #failure: NetworkFailure | undefined;
  #wake: () => void = () => {};

  constructor(socket: Socket, limit: () => number) {
    this.#socket = socket;
    this.#limit = limit;
    socket.on("data", this.#onData).on("error", this.#onError).on("close", this.#onClose);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#received = Buffer.concat([this.#received, chunk]);
    this.#wake();
  };
  readonly #onError = (error: Error): void => {
    this.#failure ??= failureOf(error);
    this.#wake();
  };
  readonly #onClose = (): void => {
    this.#failure ??= new NetworkFailure("closed", "it closes the connection");
    this.#wake();
  };

  /** Connects to an IP address. `limit` and what `answerLimit` gives are milliseconds. */
  static open(ip: string, port: number, limit: number, answerLimit: () => number): Promise<SocketConnection> {
    const { connect } = process.getBuiltinModule("node:net");
    return new Promise((resolve, reject) => {
      const socket = connect({ host: ip, port });
      const fail = (failure: NetworkFailure) => {
        clearTimeout(timer);
        socket.destroy();
        reject(failure);
      };
      const timer = setTimeout(() => fail(new NetworkFailure("silent", "no connection in time")), limit);
      const onError = (error: Error) => fail(failureOf(error));
      socket.once("error", onError);
      socket.once("connect", () => {
        clearTimeout(timer);
        socket.off("error", onError);
        resolve(new SocketConnection(socket, answerLimit));
      });
    });
  }

  /** Hands the socket over, such as to TLS. */
  release(): Socket {
    this.#socket.off("data", this.#onData).off("error", this.#onError).off("close", this.#onClose);
    return this.#socket;
  }

  get limit(): () => number {
    return this.#limit;
  }

  send(bytes: Uint8Array | Secret<Uint8Array>): void {
    this.#socket.write(bytes instanceof Uint8Array ? bytes : openSecret(bytes));
  }

  async read(length: number): Promise<Uint8Array> {
    await this.#until(() => this.#received.length >= length);
    const bytes = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return bytes;
  }

  async readToEnd(): Promise<Uint8Array> {
    try {
      await this.#until(() => this.#received.length > largest);
    } catch (error) {
      const isEnd = error instanceof NetworkFailure && error.kind === "closed" && this.#received.length > 0;
      if (!isEnd) throw error;
    }
    const bytes = this.#received;
    this.#received = Buffer.alloc(0);
    return bytes;
  }

  async #until(isThere: () => boolean): Promise<void> {
    const end = performance.now() + this.#limit();
    while (!isThere()) {
      if (this.#failure !== undefined) throw this.#failure;
      const left = end - performance.now();
      if (left <= 0) throw new NetworkFailure("silent", "no answer in time");
      await this.#woken(left);
    }
  }

  #woken(limit: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limit);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}

const kinds: Readonly<Record<string, NetworkFailure["kind"]>> = {
  ENOTFOUND: "unknown-host",
  EAI_AGAIN: "unknown-host",
  EAI_FAIL: "unknown-host",
  EAI_NODATA: "unknown-host",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "refused",
  ENETUNREACH: "refused",
  EADDRNOTAVAIL: "refused",
  EACCES: "refused",
  EPERM: "refused",
  ETIMEDOUT: "silent",
  ECONNRESET: "closed",
  ECONNABORTED: "closed",
  EPIPE: "closed",
};

/** In our words, why a call of the network failed. */
export function failureOf(error: unknown): NetworkFailure {
  if (error instanceof NetworkFailure) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const text = error instanceof Error ? error.message : String(error);
  if (code === "EPROTO" || code.startsWith("ERR_SSL")) return tlsFailure(error, code, text);
  return new NetworkFailure(kinds[code] ?? "closed", text);
}

function tlsFailure(error: unknown, code: string, text: string): NetworkFailure {
  const reason = error instanceof Error && "reason" in error ? String(error.reason) : text;
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|RECORD_LAYER/.test(code) || /wrong version|http/.test(reason)) {
    return new NetworkFailure("not-tls", reason);
  }
  return new NetworkFailure("alert", reason);
}
