import { randomBytes } from "node:crypto";
import {
  type Address,
  addressText,
  type ClientIdentity,
  type Connection,
  type Network,
  NetworkFailure,
  type TlsConnection,
} from "../../core/system/network.ts";
import type { System } from "../../core/system/system.ts";
import { failureOf, SocketConnection } from "./socket-connection.ts";
import { upgrade } from "./tls-connection.ts";
import { keytabKeys, usableKey } from "./usable-key.ts";

/** Milliseconds. */
export interface NetworkLimits {
  readonly connect: number;
  readonly answer: number;
  /** For everything together, from now on. */
  readonly total: number;
}

/** Of a name, so many addresses are tried, one after the other. */
const mostAddresses = 2;

/** So that any single fault is told within 10 s, which a start takes at least. */
export const checkLimits: NetworkLimits = { connect: 2000, answer: 2500, total: 9000 };

/** The real network. Its modules are loaded when they are needed: a snapshot cannot hold what they load. */
export function openNetwork(limits: NetworkLimits, system: System): Network {
  const end = performance.now() + limits.total;
  const within = (limit: number) => Math.max(1, Math.min(limit, end - performance.now()));
  const lookup = async (host: string) => {
    const { lookup: find } = process.getBuiltinModule("node:dns/promises");
    const addresses = await inTime(find(host, { all: true }), within(limits.connect), "DNS does not answer in time");
    // As Java does, unless java.net.preferIPv6Addresses says otherwise.
    return addresses.toSorted((one, other) => one.family - other.family).map(({ address }) => address);
  };
  const connect = async (address: Address): Promise<SocketConnection> => {
    const ips = await lookup(address.host);
    let failure: unknown;
    for (const ip of ips.slice(0, mostAddresses)) {
      try {
        return await SocketConnection.open(ip, address.port, within(limits.connect), () => within(limits.answer));
      } catch (error) {
        failure = error;
      }
    }
    throw failureOf(failure);
  };
  return {
    now: () => new Date(),
    random: (length) => randomBytes(length),
    lookup,
    reverse: (ip) => reverse(ip, within(limits.connect)),
    connect: (address): Promise<Connection> => connect(address),
    connectTls: async (address, identity: ClientIdentity | undefined): Promise<TlsConnection> =>
      upgrade(await connect(address), address.host, identity, within(limits.answer)),
    ask: async (address, bytes) => {
      const [ip = address.host] = await lookup(address.host);
      return askOnce({ host: ip, port: address.port }, bytes, within(limits.answer));
    },
    keytabKeys: (path, principal) => keytabKeys(path, principal, system),
    usableKey,
  };
}

async function reverse(ip: string, limit: number): Promise<readonly string[]> {
  const { lookupService } = process.getBuiltinModule("node:dns/promises");
  try {
    const { hostname } = await inTime(lookupService(ip, 0), limit, "DNS does not answer in time");
    return hostname === ip ? [] : [hostname];
  } catch {
    return [];
  }
}

async function inTime<T>(work: Promise<T>, limit: number, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NetworkFailure("unknown-host", message)), limit);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw failureOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function askOnce(address: Address, bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const { createSocket } = process.getBuiltinModule("node:dgram");
  return new Promise((resolve, reject) => {
    const socket = createSocket(address.host.includes(":") ? "udp6" : "udp4");
    const timer = setTimeout(() => {
      socket.close();
      reject(new NetworkFailure("silent", `${addressText(address)} does not answer over UDP`));
    }, limit);
    const done = (finish: () => void) => {
      clearTimeout(timer);
      socket.close();
      finish();
    };
    socket.once("message", (message) => done(() => resolve(message)));
    socket.once("error", (error) => done(() => reject(failureOf(error))));
    // Only a connected socket hears that nothing listens there.
    socket.connect(address.port, address.host, () => socket.send(bytes));
  });
}
