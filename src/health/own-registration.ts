import type { FlinkSettings } from "./kubernetes-probe.ts";

/** What the JobManager's `/taskmanagers` says of each (Flink's TaskManagerInfo, 1.20 to 2.3). */
interface RegisteredTaskManager {
  readonly id: string;
  /** Such as `pekko.ssl.tcp://flink@10.0.0.7:6122/user/rpc/taskmanager_0`. */
  readonly path: string;
  readonly dataPort: number;
}

/** How a TaskManager knows itself among the others. */
export interface OwnTaskManager {
  /** `taskmanager.resource-id`, which Flink makes up where it is not set. */
  readonly resourceId: string | undefined;
  /** By which others reach it: lower case. */
  readonly hosts: ReadonlySet<string>;
  /** What it listens on. */
  readonly ports: ReadonlySet<number>;
}

/** What a TaskManager is known by: its configuration, the names and addresses of its host, and the ports that it listens on. */
export function ownTaskManager(
  settings: FlinkSettings,
  hosts: readonly string[],
  ports: readonly number[],
): OwnTaskManager {
  const host = settings.get("taskmanager.host");
  // Outside of a container a port may be advertised that another one leads to.
  const advertised = Number(settings.get("taskmanager.rpc.port"));
  return {
    resourceId: settings.get("taskmanager.resource-id"),
    hosts: new Set([...hosts, ...(host === undefined ? [] : [host])].map((name) => name.toLowerCase())),
    ports: new Set([...ports, ...(advertised > 0 ? [advertised] : [])]),
  };
}

/** The id under which a TaskManager is registered, looked up in what `/taskmanagers` answers; undefined if it is not there. */
export function registeredId(body: string, own: OwnTaskManager): string | undefined {
  const { taskmanagers } = JSON.parse(body) as { readonly taskmanagers: readonly RegisteredTaskManager[] };
  return taskmanagers.find((each) => isOwn(each, own))?.id;
}

function isOwn({ id, path }: RegisteredTaskManager, { resourceId, hosts, ports }: OwnTaskManager): boolean {
  if (resourceId !== undefined) return id === resourceId;
  const [, host = "", port = ""] = /@(.+):(\d+)\//.exec(path) ?? [];
  return hosts.has(host.replace(/^\[(.*)\]$/, "$1").toLowerCase()) && ports.has(Number(port));
}
