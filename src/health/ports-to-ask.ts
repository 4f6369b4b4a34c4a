import type { FlinkSettings } from "./kubernetes-probe.ts";

/** Where Flink's processes talk to each other; a bind port wins over the port that others are told. */
const keys = [
  "taskmanager.rpc.bind-port",
  "taskmanager.rpc.port",
  "taskmanager.data.bind-port",
  "taskmanager.data.port",
];

/**
 * Which of the ports that a process listens on a probe asks: Flink's own where its configuration names them, else all. Others
 * belong to metrics reporters or debuggers, which may take a probe for one of their clients.
 */
export function portsToAsk<T extends { readonly port: number }>(
  settings: FlinkSettings,
  listening: readonly T[],
): readonly T[] {
  const named = new Set(keys.map((key) => Number(settings.get(key))));
  const own = listening.filter(({ port }) => named.has(port));
  return own.length > 0 ? own : listening;
}
