import type { Secret } from "../../secret.ts";

/** Where a server listens. An IPv6 address has no brackets. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export function addressText({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Why nothing came back.
 * - `unknown-host`: DNS has no address for the name, or does not answer.
 * - `refused`: nothing listens there, or no way leads there.
 * - `silent`: no connection, or no answer, in time.
 * - `closed`: the other end closed the connection, or reset it.
 * - `not-tls`: what came back is no TLS.
 * - `alert`: the other end ended the TLS handshake with an alert.
 */
export type FailureKind = "unknown-host" | "refused" | "silent" | "closed" | "not-tls" | "alert";

/** A connection could not be made, or did not bring what was awaited. */
export class NetworkFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.name = "NetworkFailure";
    this.kind = kind;
  }
}

/** A key that can be used, and not seen. */
export interface UsableKey {
  /** IANA's number. */
  readonly type: number;
  encrypt(usage: number, plaintext: Uint8Array): Uint8Array;
  /** Throws a FormatError when it was another key. */
  decrypt(usage: number, text: Uint8Array): Uint8Array;
}

/** A key of a keytab. */
export interface UsableKeytabKey extends UsableKey {
  readonly kvno: number;
}

/** A TCP connection. Whatever fails, or takes too long, is a {@link NetworkFailure}. */
export interface Connection {
  /** Of a secret, only the connection sees the bytes. */
  send(bytes: Uint8Array | Secret<Uint8Array>): void;
  /** Exactly that many bytes. */
  read(length: number): Promise<Uint8Array>;
  /** All there is until the other end closes, at most 1 MiB. */
  readToEnd(): Promise<Uint8Array>;
  close(): void;
}

/** A TLS connection. The caller must verify `chain`. */
export interface TlsConnection extends Connection {
  /** What the server has shown, in DER, its own certificate first. */
  readonly chain: readonly Uint8Array[];
}

export interface ClientIdentity {
  /** PKCS#8, DER. */
  readonly key: Secret<Uint8Array>;
  /** DER, leaf first. */
  readonly chain: readonly Uint8Array[];
}

/** The network, and what a client needs besides. `src/shell/network/network.ts` implements it, with a limit of time for each step and for all. */
export interface Network {
  now(): Date;
  random(length: number): Uint8Array;
  /** The addresses of a name, as getaddrinfo finds them. */
  lookup(host: string): Promise<readonly string[]>;
  /** The names of an address, in DNS or the hosts file; none where there are none. */
  reverse(ip: string): Promise<readonly string[]>;
  connect(address: Address): Promise<Connection>;
  connectTls(address: Address, identity: ClientIdentity | undefined): Promise<TlsConnection>;
  /** Sends one UDP datagram, and waits for one. */
  ask(address: Address, bytes: Uint8Array): Promise<Uint8Array>;
  /** The keys of a principal with the newest version number; none where the keytab cannot be read. */
  keytabKeys(path: string, principal: string): readonly UsableKeytabKey[];
  usableKey(type: number, key: Secret<Uint8Array>): UsableKey;
}

/** Reads `host`, `host:port`, `[::1]` or `[::1]:port`; undefined for anything else. */
export function readAddress(text: string, defaultPort?: number): Address | undefined {
  const found = /^(?:\[([0-9A-Fa-f:.]+)\]|([\w.%-]+))(?::(\d{1,5}))?$/.exec(text);
  const host = found?.[1] ?? found?.[2];
  const port = found?.[3] === undefined ? defaultPort : Number(found[3]);
  if (host === undefined || port === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port };
}
