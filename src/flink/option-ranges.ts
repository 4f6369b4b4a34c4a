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
  if (ports.has(key)) return isPort(value) ? undefined : "a port from 0 to 65535";
  if (!portRanges.has(key)) return undefined;
  const isRight = value.split(",").every((part) => {
    const ends = part.split("-").map((end) => end.trim());
    return ends.length <= 2 && ends.every(isPort) && Number(ends[0]) <= Number(ends.at(-1));
  });
  return isRight ? undefined : "a port from 0 to 65535, a range such as 50100-50200, or a list of both";
}

function isPort(value: string): boolean {
  return /^\+?\d{1,6}$/.test(value.trim()) && Number(value) <= 65_535;
}

/** What a value should be that names an implementation; undefined for other keys, and for the name of a class. */
export function namedValue(key: string, value: string): string | undefined {
  const known = Object.hasOwn(names, key) ? names[key] : undefined;
  if (known === undefined || value.includes(".") || known.includes(value.toLowerCase())) return undefined;
  return `${known.join(", ")} or the name of a class`;
}
