import type { Release } from "./release.ts";

/** One pod of a release. */
export interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly ip: string;
  readonly node: string;
  readonly created: Date;
  readonly ready: boolean;
  /** How often its container was started again. */
  readonly restarts: number;
}

interface PodObject {
  readonly metadata: { readonly name: string; readonly uid: string; readonly creationTimestamp: string };
  readonly spec: { readonly nodeName: string };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
}

/** The pods of a kind, those that are being deleted among them. */
export async function pods(release: Release, component: "jobmanager" | "taskmanager"): Promise<readonly Pod[]> {
  const selector = `--selector=app.kubernetes.io/component=${component}`;
  const { items } = JSON.parse(await release.kubectl("get", "pods", selector, "--output=json")) as {
    items: readonly PodObject[];
  };
  return items.map(({ metadata: { name, uid, creationTimestamp }, spec, status }) => ({
    name,
    uid,
    ip: status.podIP ?? "",
    node: spec.nodeName,
    created: new Date(creationTimestamp),
    ready: (status.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True"),
    restarts: status.containerStatuses?.[0]?.restartCount ?? 0,
  }));
}

/** The JobManager that leads, by the address that it has written. */
export async function leader(release: Release): Promise<Pod> {
  const configMap = await release.kubectl("get", "configmap", "flink-cluster-config-map", "--output=jsonpath={.data}");
  const [, address = ""] = /@(\d+\.\d+\.\d+\.\d+):6123\/user\/rpc\/dispatcher/.exec(configMap) ?? [];
  const found = (await pods(release, "jobmanager")).find(({ ip }) => ip === address);
  if (found === undefined) throw new Error(`no pod has the leader's address: ${configMap}`);
  return found;
}
