import { spawnSync } from "node:child_process";
import { run, words } from "./programs.ts";

/** The label of a node that a run has cut off, with the run's namespace: the cluster knows whom to join, whatever becomes of the run. */
const mark = "sluice-test/cut-off-by";
const outOfService = "node.kubernetes.io/out-of-service";

interface Node {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly taints?: readonly { readonly key: string; readonly effect: string; readonly timeAdded?: string }[];
  };
  readonly status: { readonly addresses: readonly { readonly address: string }[] };
}

/**
 * A node that may be cut off by the command in SLUICE_NODE_CUT and joined again by that in SLUICE_NODE_JOIN, which get its name as
 * last argument: neither the API server nor all of the cluster's DNS is on it. Otherwise, why there is none.
 */
export async function expendableNode(): Promise<{ readonly node: string } | { readonly why: string }> {
  for (const variable of ["SLUICE_NODE_CUT", "SLUICE_NODE_JOIN", "SLUICE_STORAGE_CLASS"]) {
    if (!process.env[variable]) return { why: `${variable} is not set: CONTRIBUTING.md describes it` };
  }
  const nodes = (JSON.parse(await run("kubectl", ["get", "nodes", "--output=json"])) as { items: readonly Node[] })
    .items;
  const taking = nodes.filter(({ spec }) => !(spec.taints ?? []).some(({ effect }) => effect !== "PreferNoSchedule"));
  if (taking.length < 2) return { why: `pods run on ${taking.length} node: two must take them` };
  const apiServers = await words("endpoints", "kubernetes", "default", "{.subsets[*].addresses[*].ip}");
  const withDns = await words("pods", "--selector=k8s-app=kube-dns", "kube-system", "{.items[*].spec.nodeName}");
  const found = taking.find(
    ({ metadata, status }) =>
      !status.addresses.some(({ address }) => apiServers.includes(address)) &&
      withDns.some((name) => name !== metadata.name),
  );
  return found === undefined
    ? { why: "each node holds the API server, or all of the DNS" }
    : { node: found.metadata.name };
}

/** Cuts a node off from the network. */
export async function cutOff(node: string, namespace: string): Promise<void> {
  await run("kubectl", ["label", "node", node, `${mark}=${namespace}`]);
  await run("sh", ["-c", `${process.env["SLUICE_NODE_CUT"]} "$1"`, "sh", node]);
}

/** Lets it back in. */
export async function letIn(node: string): Promise<void> {
  await run("sh", ["-c", `${process.env["SLUICE_NODE_JOIN"]} "$1"`, "sh", node]);
}

/** Leaves each node that a run has cut off as it was before. Without a promise: a process that is about to exit waits for none. */
export function restoreNodes(namespace: string): void {
  const kubectl = (...args: readonly string[]) =>
    spawnSync("kubectl", [...args, "--request-timeout=10s"], { encoding: "utf8" }).stdout ?? "";
  const list = kubectl(
    "get",
    "nodes",
    `--selector=${mark}=${namespace}`,
    "--output=jsonpath={.items[*].metadata.name}",
  );
  for (const node of list.split(" ").filter((name) => name !== "")) {
    spawnSync("sh", ["-c", `${process.env["SLUICE_NODE_JOIN"]} "$1"`, "sh", node]);
    kubectl("taint", "node", node, `${outOfService}-`);
    kubectl("label", "node", node, `${mark}-`);
  }
}

/** Since when the cluster holds a node for unreachable, and lets the pods go that do not tolerate that for longer. */
export async function unreachableSince(node: string): Promise<Date> {
  const { spec } = JSON.parse(await run("kubectl", ["get", "node", node, "--output=json"])) as Node;
  const evicts = spec.taints?.find(
    ({ key, effect }) => key === "node.kubernetes.io/unreachable" && effect === "NoExecute",
  );
  if (evicts?.timeAdded === undefined) throw new Error(`${node} is not unreachable: ${JSON.stringify(spec.taints)}`);
  return new Date(evicts.timeAdded);
}

/** The uids of the pods whose containers run on a node, as its kubelet sees them: also of pods that the API server has forgotten. */
export async function running(node: string): Promise<readonly string[]> {
  const { items } = JSON.parse(await run("kubectl", ["get", "--raw", `/api/v1/nodes/${node}/proxy/runningpods/`])) as {
    items: readonly { metadata: { uid: string } }[] | null;
  };
  return (items ?? []).map(({ metadata }) => metadata.uid);
}
