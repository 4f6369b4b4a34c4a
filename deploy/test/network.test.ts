import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { connect, type Place } from "./connect.ts";
import { attempt, missing, run } from "./programs.ts";
import { sleepingPod } from "./probe-pods.ts";
import { Release } from "./release.ts";

const why = await missing(["helm", "kubectl"], true);
const release = new Release(inject("namespace"));
const outside = `${release.namespace}-outside`;

/** Who tries, and where. The outsider is in a namespace without policies; the stranger has no label of the release. */
const sources = ["jobmanager", "taskmanager", "client", "stranger", "outsider"] as const;
const targets = [
  "jobmanager",
  "otherJobmanager",
  "taskmanager",
  "otherTaskmanager",
  "dns",
  "apiServer",
  "node",
] as const;
type Source = (typeof sources)[number];
type Target = (typeof targets)[number];

const allowed: readonly (readonly [Source, Target, number])[] = [
  ["jobmanager", "taskmanager", 6122],
  ["jobmanager", "taskmanager", 6126],
  ["jobmanager", "otherJobmanager", 6123],
  ["jobmanager", "otherJobmanager", 6124],
  ["jobmanager", "dns", 53],
  ["jobmanager", "apiServer", 6443],
  ["taskmanager", "jobmanager", 6123],
  ["taskmanager", "jobmanager", 6124],
  ["taskmanager", "jobmanager", 8081],
  ["taskmanager", "otherTaskmanager", 6121],
  ["taskmanager", "dns", 53],
  ["taskmanager", "apiServer", 6443],
  ["client", "jobmanager", 8081],
  ["client", "dns", 53],
  // These show that what is refused below is there, and that the one who tries has a network.
  ["outsider", "dns", 8181],
  ["outsider", "node", 10250],
  ["outsider", "apiServer", 6443],
];

const forbidden: readonly (readonly [Source, Target, number])[] = [
  ["outsider", "jobmanager", 6123],
  ["outsider", "jobmanager", 6124],
  ["outsider", "jobmanager", 8081],
  ["outsider", "taskmanager", 6121],
  ["outsider", "taskmanager", 6122],
  ["outsider", "taskmanager", 6126],
  ["stranger", "jobmanager", 8081],
  ["stranger", "jobmanager", 6123],
  ["stranger", "taskmanager", 6121],
  ["client", "jobmanager", 6123],
  ["client", "jobmanager", 6124],
  ["client", "taskmanager", 6121],
  ["client", "taskmanager", 6122],
  ["client", "apiServer", 6443],
  ["taskmanager", "otherTaskmanager", 6122],
  ["taskmanager", "otherTaskmanager", 6126],
  ["taskmanager", "node", 10250],
  ["taskmanager", "dns", 8181],
  ["jobmanager", "taskmanager", 6121],
  ["jobmanager", "otherJobmanager", 8081],
  ["jobmanager", "node", 10250],
];

const addresses = new Map<Target, string>();
const pods = new Map<Source, Place>();

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  await release.ensure();
  await release.start("stranger", await sleepingPod("stranger", {}));
  await attempt("kubectl", ["create", "namespace", outside]);
  const other = new Release(outside);
  await other.start("outsider", await sleepingPod("outsider", {}));
  const jobManagers = await pick(release.namespace, "app.kubernetes.io/component=jobmanager");
  const taskManagers = await pick(release.namespace, "app.kubernetes.io/component=taskmanager");
  const dns = await pick("kube-system", "k8s-app=kube-dns");
  addresses.set("jobmanager", jobManagers.at(-1)?.ip ?? "").set("otherJobmanager", jobManagers.at(-1)?.ip ?? "");
  addresses.set("taskmanager", taskManagers[0]?.ip ?? "").set("otherTaskmanager", taskManagers[1]?.ip ?? "");
  addresses
    .set("dns", dns[0]?.ip ?? "")
    .set("node", dns[0]?.node ?? "")
    .set("apiServer", await apiServer());
  pods.set("jobmanager", [release.namespace, jobManagers[0]?.name ?? ""]);
  pods.set("taskmanager", [release.namespace, "flink-taskmanager-0"]);
  pods.set("client", [release.namespace, "client"]).set("stranger", [release.namespace, "stranger"]);
  pods.set("outsider", [outside, "outsider"]);
});
afterAll(async () => {
  if (why !== undefined) return;
  await attempt("kubectl", ["delete", "namespace", outside, "--wait=false"]);
});

interface Picked {
  readonly name: string;
  readonly ip: string;
  readonly node: string;
}

async function pick(namespace: string, selector: string): Promise<readonly Picked[]> {
  const query = ["get", "pods", "--namespace", namespace, "--selector", selector, "--output=json"];
  const { items } = JSON.parse(await run("kubectl", query)) as {
    items: readonly { metadata: { name: string }; status: { podIP: string; hostIP: string } }[];
  };
  return items.map(({ metadata, status }) => ({ name: metadata.name, ip: status.podIP, node: status.hostIP }));
}

async function apiServer(): Promise<string> {
  const query = ["get", "endpoints", "kubernetes", "--namespace=default"];
  return run("kubectl", [...query, "--output=jsonpath={.subsets[0].addresses[0].ip}"]);
}

function tryFrom(source: Source, target: Target, port: number): Promise<string> {
  return connect(pods.get(source) ?? ["", ""], addresses.get(target) ?? "", port);
}

describe("traffic", () => {
  it.concurrent.each(allowed)("goes from %s to %s on port %i", async (source, target, port) => {
    expect(await tryFrom(source, target, port)).toBe("connected");
  });

  it.concurrent.each(forbidden)("does not go from %s to %s on port %i", async (source, target, port) => {
    expect(await tryFrom(source, target, port)).toBe("not connected");
  });
});
