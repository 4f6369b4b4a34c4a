import { parseWhole } from "./option-values.ts";

/** Ports that Flink opens or connects to, as one number (JobManagerOptions, RestOptions, HistoryServerOptions; NetUtils). */
const ports: ReadonlySet<string> = new Set([
  "historyserver.web.port",
  "jobmanager.rpc.bind-port",
  "jobmanager.rpc.port",
  "rest.port",
  "taskmanager.data.bind-port",
  "taskmanager.data.port",
  "taskmanager.rpc.bind-port",
]);

/** Ports, ranges of ports, or lists of both (NetUtils.getPortRangeFromString). */
const portRanges: ReadonlySet<string> = new Set([
  "blob.server.port",
  "high-availability.jobmanager.port",
  "jmx.server.port",
  "metrics.internal.query-service.port",
  "queryable-state.proxy.ports",
  "queryable-state.server.ports",
  "rest.bind-port",
  "taskmanager.rpc.port",
]);

// HighAvailabilityMode.fromConfig
const availability = ["none", "zookeeper", "kubernetes"];
// StateBackendLoader.loadStateBackendFromConfig
const stateBackends = ["hashmap", "rocksdb", "forst", "jobmanager", "filesystem"];
// RestartBackoffTimeStrategyFactoryLoader
const restartStrategies = [
  "none",
  "off",
  "disable",
  "fixeddelay",
  "fixed-delay",
  "failurerate",
  "failure-rate",
  "exponentialdelay",
  "exponential-delay",
];

/** Names that stand for a class, by key; a class of the user's has a dot in its name. */
const names: Readonly<Record<string, readonly string[]>> = {
  "high-availability": availability,
  "high-availability.type": availability,
  "state.backend": stateBackends,
  "state.backend.type": stateBackends,
  "restart-strategy": restartStrategies,
  "restart-strategy.type": restartStrategies,
};

/** What a port should be, where a value is not one; undefined for other keys. */
export function outOfRange(key: string, value: string): string | undefined {
  if (ports.has(key)) return parsePort(value) === undefined ? "a port from 0 to 65535" : undefined;
  if (!portRanges.has(key) || arePorts(value)) return undefined;
  return "a port from 0 to 65535, a range such as 50100-50200, or a list of both";
}

/** NetUtils.getPortRangeFromString: blanks may stand around a range, not in it. */
function arePorts(value: string): boolean {
  const parts = javaTrim(value).split(",");
  // Java's split drops what is empty at the end.
  while (parts.length > 1 && parts.at(-1) === "") parts.pop();
  if (parts.length === 1 && parts[0] === "") return value.includes(",");
  return parts.every((part) => {
    const [, first = "", last] = /^([^-]*)(?:-([^]*))?$/.exec(javaTrim(part)) ?? [];
    const from = parsePort(first);
    if (from === undefined || last === undefined) return from !== undefined;
    const to = parsePort(last);
    return to !== undefined && from < to;
  });
}

function parsePort(value: string): bigint | undefined {
  const port = parseWhole(value, 31n);
  return port !== undefined && port >= 0n && port <= 65_535n ? port : undefined;
}

/** String.trim() of Java. */
function javaTrim(text: string): string {
  // oxlint-disable-next-line no-control-regex -- Java takes every character up to the blank for one.
  return text.replaceAll(/^[\0- ]+|[\0- ]+$/g, "");
}

/** What a value should be that names an implementation; undefined for other keys, and for the name of a class. */
export function namedValue(key: string, value: string): string | undefined {
  const known = Object.hasOwn(names, key) ? names[key] : undefined;
  if (known === undefined || value.includes(".") || known.includes(value.toLowerCase())) return undefined;
  return `${known.join(", ")} or the name of a class`;
}
