import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { connect, type Place } from "./connect.ts";
import { pods } from "./pods.ts";
import { attempt, missing, words } from "./programs.ts";
import { sleepingPod } from "./probe-pods.ts";
import { Release } from "./release.ts";

const why = await missing(["helm", "kubectl"], true);
const release = new Release(inject("namespace"));
const outside = `${release.namespace}-outside`;

/**
 * Who tries, and where. The client has the label of those who may ask the REST API, and helmTest that of `helm test`; the
 * stranger has no label of the release, and the outsider is in a namespace without policies.
 */
type Source = "jobmanager" | "taskmanager" | "client" | "helmTest" | "stranger" | "outsider";
/** The first pod of each kind is the one that tries, where its kind does. */
type Target = "jobmanager" | "otherJobmanager" | "taskmanager" | "otherTaskmanager" | "dns" | "apiServer" | "node";

const allowed: readonly (readonly [Source, Target, number])[] = [
  ["jobmanager", "taskmanager", 6122],
  ["jobmanager", "taskmanager", 6126],
  ["jobmanager", "otherJobmanager", 6123],
  ["jobmanager", "otherJobmanager", 6124],
  ["jobmanager", "otherJobmanager", 6126],
  ["jobmanager", "dns", 53],
  ["jobmanager", "apiServer", 6443],
  ["taskmanager", "jobmanager", 6123],
  ["taskmanager", "jobmanager", 6124],
  ["taskmanager", "jobmanager", 6126],
  ["taskmanager", "jobmanager", 8081],
  ["taskmanager", "otherTaskmanager", 6121],
  ["taskmanager", "dns", 53],
  ["taskmanager", "apiServer", 6443],
  ["client", "jobmanager", 8081],
  ["client", "otherJobmanager", 8081],
  ["client", "dns", 53],
  ["helmTest", "dns", 53],
  // These show that what is refused below is there, and that the one who tries has a network.
  ["outsider", "dns", 53],
  ["outsider", "dns", 8181],
  ["outsider", "node", 10250],
  ["outsider", "apiServer", 6443],
];

const forbidden: readonly (readonly [Source, Target, number])[] = [
  ["outsider", "jobmanager", 6123],
  ["outsider", "jobmanager", 6124],
  ["outsider", "jobmanager", 6126],
  ["outsider", "jobmanager", 8081],
  ["outsider", "taskmanager", 6121],
  ["outsider", "taskmanager", 6122],
  ["outsider", "taskmanager", 6126],
  ["stranger", "jobmanager", 6123],
  ["stranger", "jobmanager", 8081],
  ["stranger", "taskmanager", 6121],
  ["stranger", "dns", 53],
  ["stranger", "apiServer", 6443],
  ["client", "jobmanager", 6123],
  ["client", "jobmanager", 6124],
  ["client", "jobmanager", 6126],
  ["client", "taskmanager", 6121],
  ["client", "taskmanager", 6122],
  ["client", "taskmanager", 6126],
  ["client", "apiServer", 6443],
  ["client", "node", 10250],
  ["helmTest", "jobmanager", 6123],
  ["helmTest", "jobmanager", 8081],
  ["helmTest", "taskmanager", 6121],
  ["helmTest", "apiServer", 6443],
  ["taskmanager", "otherTaskmanager", 6122],
  ["taskmanager", "otherTaskmanager", 6126],
  ["taskmanager", "node", 10250],
  ["taskmanager", "dns", 8181],
  ["jobmanager", "taskmanager", 6121],
  ["jobmanager", "otherJobmanager", 8081],
  ["jobmanager", "node", 10250],
  ["jobmanager", "dns", 8181],
];

const addresses = new Map<Target, string | undefined>();
const tries = new Map<Source, Place>();

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  await release.ensure();
  await release.rolledOut();
  const ofHelmTest = { "app.kubernetes.io/component": "test", "app.kubernetes.io/instance": "flink" };
  await release.start("stranger", await sleepingPod("stranger", {}));
  await release.start(
    "helm-test",
    await sleepingPod("helm-test", { ...ofHelmTest, "app.kubernetes.io/name": "sluice-flink" }),
  );
  await attempt("kubectl", ["create", "namespace", outside]);
  await new Release(outside).start("outsider", await sleepingPod("outsider", {}));
  const [jobManager, otherJobManager] = await pods(release, "jobmanager");
  const [taskManager, otherTaskManager] = await pods(release, "taskmanager");
  addresses.set("jobmanager", jobManager?.ip).set("otherJobmanager", otherJobManager?.ip);
  addresses.set("taskmanager", taskManager?.ip).set("otherTaskmanager", otherTaskManager?.ip);
  const [dns, node] = await words(
    "pods",
    "--selector=k8s-app=kube-dns",
    "kube-system",
    "{.items[0].status['podIP','hostIP']}",
  );
  const [apiServer] = await words("endpoints", "kubernetes", "default", "{.subsets[0].addresses[0].ip}");
  addresses.set("dns", dns).set("node", node).set("apiServer", apiServer);
  tries.set("jobmanager", [release.namespace, jobManager?.name ?? ""]);
  tries.set("taskmanager", [release.namespace, taskManager?.name ?? ""]);
  tries.set("client", [release.namespace, "client"]).set("helmTest", [release.namespace, "helm-test"]);
  tries.set("stranger", [release.namespace, "stranger"]).set("outsider", [outside, "outsider"]);
});
afterAll(async () => {
  if (why !== undefined) return;
  await attempt("kubectl", ["delete", "namespace", outside, "--wait=false"]);
});

function tryFrom(source: Source, target: Target, port: number): Promise<string> {
  return connect(tries.get(source) ?? ["", ""], addresses.get(target) ?? "", port);
}

describe("traffic", () => {
  it("is refused only where something listens, as the allowed connections show", () => {
    const shown = (rows: typeof allowed) =>
      rows.map(([, target, port]) => `${target.replace(/^other/, "")} ${port}`.toLowerCase());
    expect(shown(allowed)).toEqual(expect.arrayContaining(shown(forbidden)));
  });

  it.concurrent.each(allowed)("goes from %s to %s on port %i", async (source, target, port) => {
    expect(await tryFrom(source, target, port)).toBe("connected");
  });

  it.concurrent.each(forbidden)("does not go from %s to %s on port %i", async (source, target, port) => {
    expect(await tryFrom(source, target, port)).toBe("not connected");
  });
});
