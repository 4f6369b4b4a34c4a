import type { FlinkSettings } from "./kubernetes-probe.ts";

/** Where a REST API is to be found. */
export interface RestAddress {
  readonly host: string;
  /** The first one that takes a connection counts. */
  readonly ports: readonly number[];
  readonly tls: boolean;
}

/** A longer range is not searched to its end. */
const mostPorts = 32;

/** The JobManager's own API, from beside it: Flink takes the first port of `rest.bind-port` that is free. */
export function ownRestAddress(settings: FlinkSettings): RestAddress {
  const bound = settings.get("rest.bind-address") ?? "";
  const ports = readPorts(settings.get("rest.bind-port") ?? settings.get("rest.port") ?? "8081");
  return { host: isWildcard(bound) ? "127.0.0.1" : bound, ports, tls: usesTls(settings) };
}

/**
 * The JobManager's API from a TaskManager, as Flink's own clients look for it: `rest.address`, or `jobmanager.rpc.address`. Flink
 * ships `localhost` as the first one, and the official image has 0.0.0.0 there: both say nothing about another host.
 */
export function jobManagerRestAddress(settings: FlinkSettings): RestAddress {
  const [own, rpc] = ["rest.address", "jobmanager.rpc.address"].map((key) => settings.get(key) ?? "");
  const host = own === undefined || isWildcard(own) || own === "localhost" ? rpc || own : own;
  return { host: host || "localhost", ports: readPorts(settings.get("rest.port") ?? "8081"), tls: usesTls(settings) };
}

function isWildcard(address: string): boolean {
  return ["", "0.0.0.0", "::", "[::]"].includes(address);
}

/** 1.x falls back to the old key (SecurityOptions). */
function usesTls(settings: FlinkSettings): boolean {
  const value = settings.get("security.ssl.rest.enabled") ?? settings.get("security.ssl.enabled");
  return value?.toLowerCase() === "true";
}

/** `8081`, `8081,8083` or `8081-8085` (Flink's NetUtils.getPortRangeFromString). */
function readPorts(text: string): readonly number[] {
  const ports = text.split(",").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map((port) => Number(port.trim()));
    const length = Math.min(last - first + 1, mostPorts);
    return length > 0 ? Array.from({ length }, (_, index) => first + index) : [];
  });
  return ports.filter((port) => port > 0 && port < 65_536).slice(0, mostPorts);
}
