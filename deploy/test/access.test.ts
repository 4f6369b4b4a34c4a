import { writeFileSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { attempt, chart, missing, type Outcome, run } from "./programs.ts";
import { Release } from "./release.ts";

const why = await missing(["helm", "kubectl"], true);
const release = new Release(inject("namespace"));
const people = ["viewer", "operator", "admin"] as const;

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  await release.ensure();
  for (const name of people) await release.tryKubectl("create", "serviceaccount", name);
});

const accounts = ["flink-jobmanager", "flink-taskmanager", ...people, "default"] as const;

/** A verb, a resource (as `resource/name`, or with a subresource behind a blank), and who may; everybody else may not. */
const rights: readonly (readonly [string, string, readonly (typeof accounts)[number][]])[] = [
  ["get", "pods", people],
  ["get", "pods log", people],
  ["list", "events", people],
  ["get", "networkpolicies.networking.k8s.io", people],
  ["get", "configmaps/flink-configuration", people],
  ["get", "configmaps/flink-cluster-config-map", ["flink-jobmanager", "flink-taskmanager", "admin"]],
  ["watch", "configmaps/flink-cluster-config-map", ["flink-jobmanager", "flink-taskmanager", "admin"]],
  ["update", "configmaps/flink-cluster-config-map", ["flink-jobmanager", "admin"]],
  ["update", "configmaps/flink-configuration", ["admin"]],
  ["list", "configmaps", ["admin"]],
  ["create", "configmaps", ["admin"]],
  ["delete", "pods", ["operator", "admin"]],
  ["create", "pods", ["admin"]],
  ["create", "pods exec", ["admin"]],
  ["create", "pods portforward", ["admin"]],
  ["create", "pods attach", []],
  ["patch", "pods ephemeralcontainers", []],
  ["patch", "statefulsets.apps/flink-taskmanager scale", ["operator", "admin"]],
  ["patch", "statefulsets.apps", ["admin"]],
  ["patch", "deployments.apps", ["admin"]],
  ["get", "secrets", ["admin"]],
  ["list", "secrets", ["admin"]],
  ["create", "secrets", ["admin"]],
  ["create", "serviceaccounts token", []],
  ["impersonate", "serviceaccounts", []],
  ["create", "rolebindings.rbac.authorization.k8s.io", ["admin"]],
  ["escalate", "roles.rbac.authorization.k8s.io", []],
  ["bind", "roles.rbac.authorization.k8s.io", []],
  ["get", "nodes", []],
  ["create", "namespaces", []],
];

describe.each(accounts)("the account %s", (account) => {
  it.each(rights)("%s %s", async (verb, resource, may) => {
    const as = `--as=system:serviceaccount:${release.namespace}:${account}`;
    const [named = "", subresource] = resource.split(" ");
    const part = subresource === undefined ? [] : [`--subresource=${subresource}`];
    const { stdout } = await release.tryKubectl("auth", "can-i", verb, named, ...part, as);
    expect(stdout).toBe(may.includes(account) ? "yes" : "no");
  });
});

describe("with a separate token", () => {
  const as = (account: string, ...args: readonly string[]) => runAs(account, "kubectl", ...args);

  /** A program as that account, by a kubeconfig that has nothing but its token. */
  async function runAs(account: string, program: string, ...args: readonly string[]): Promise<Outcome> {
    using folder = temporaryFolder();
    const token = await release.kubectl("create", "token", account);
    const view = await run("kubectl", ["config", "view", "--raw", "--minify", "--flatten", "--output=json"]);
    const { clusters } = JSON.parse(view) as { clusters: readonly object[] };
    const context = { cluster: "c", user: "u", namespace: release.namespace };
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: clusters.map((cluster) => ({ ...cluster, name: "c" })),
      users: [{ name: "u", user: { token } }],
      contexts: [{ name: "x", context }],
      "current-context": "x",
    };
    writeFileSync(folder.at("config"), JSON.stringify(config), { mode: 0o600 });
    // The file is there until the program has ended.
    return await attempt(program, ["--kubeconfig", folder.at("config"), ...args]);
  }

  it.each(people)("%s sees pods", async (account) => {
    const { exitCode, stdout } = await as(account, "get", "pods");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("flink-taskmanager-0");
  });

  it.each(["viewer", "operator"])("%s sees no Secret and enters no pod", async (account) => {
    for (const args of [
      ["get", "secret", "flink-internal-tls-1"],
      ["exec", "flink-taskmanager-0", "--", "id"],
    ]) {
      const { exitCode, stdout, stderr } = await as(account, ...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toContain("is forbidden");
    }
  });

  it("admin upgrades the release, and nobody else does", async () => {
    const upgrade = ["upgrade", "flink", chart, "--namespace", release.namespace, "--reuse-values"];
    const refused = await runAs("operator", "helm", ...upgrade);
    expect({ exitCode: refused.exitCode, stderr: refused.stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("forbidden") as string,
    });
    const done = await runAs("admin", "helm", ...upgrade);
    expect(done.exitCode, done.stderr).toBe(0);
  });

  it("operator scales TaskManagers, and cannot put a Secret into their pods", async () => {
    const scale = await as("operator", "scale", "statefulset/flink-taskmanager", "--replicas=2");
    expect(scale.exitCode, scale.stderr).toBe(0);
    const patch = JSON.stringify({ spec: { template: { metadata: { annotations: { a: "b" } } } } });
    expect((await as("operator", "patch", "statefulset", "flink-taskmanager", "-p", patch)).stderr).toContain(
      "forbidden",
    );
  });
});

describe("the token in a pod of Flink's", () => {
  const ask = (method: string, resource: string) => `
    a=/var/run/secrets/kubernetes.io/serviceaccount
    curl -sS -o /dev/null -w '%{http_code}' -m 10 --cacert $a/ca.crt -H "Authorization: Bearer $(cat $a/token)" \\
      -X ${method} -H 'Content-Type: application/json' -d '{"metadata":{"name":"planted"}}' \\
      https://kubernetes.default.svc/api/v1/namespaces/$(cat $a/namespace)/${resource}`;

  it.each([
    ["jobmanager", "GET", "configmaps/flink-cluster-config-map", "200"],
    ["jobmanager", "GET", "configmaps/flink-configuration", "403"],
    ["jobmanager", "POST", "configmaps", "403"],
    ["jobmanager", "GET", "secrets", "403"],
    ["jobmanager", "GET", "secrets/flink-internal-tls-1", "403"],
    ["jobmanager", "POST", "pods", "403"],
    ["taskmanager", "GET", "configmaps/flink-cluster-config-map", "200"],
    ["taskmanager", "POST", "configmaps", "403"],
    ["taskmanager", "GET", "secrets/flink-internal-tls-1", "403"],
    ["taskmanager", "GET", "pods", "403"],
  ])("of the %s: %s %s is answered %s", async (component, method, resource, status) => {
    const workload = component === "jobmanager" ? "deployment/flink-jobmanager" : "statefulset/flink-taskmanager";
    const { stdout, stderr } = await release.exec(workload, "sh", "-c", ask(method, resource));
    expect(stdout, stderr).toBe(status);
  });
});
