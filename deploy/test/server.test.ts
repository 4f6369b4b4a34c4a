import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { attempt, environments, missing, objects, run, valuesOf } from "./programs.ts";
import { namespaceManifest } from "./setup.ts";

const why = await missing(["helm", "kubectl"], true);
const namespace = `${inject("namespace")}-dry`;

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  await run("kubectl", ["apply", "--filename=-"], namespaceManifest(namespace));
  // A pod is taken only where its account is.
  const accounts = (await objects()).filter(({ kind }) => kind === "ServiceAccount");
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: accounts });
  await run("kubectl", ["apply", "--namespace", namespace, "--filename=-"], list);
});
afterAll(async () => {
  if (why === undefined) await attempt("kubectl", ["delete", "namespace", namespace, "--wait=false"]);
});

const modes = {
  session: ["--set", "highAvailability.confineSession=true"],
  application: ["--set", "mode=application,job.className=org.example.Job"],
} as const;
const installs = ["", ...environments].flatMap((environment) =>
  Object.entries(modes).map(([mode, args]) => ({ environment, mode, args: [...valuesOf(environment), ...args] })),
);

describe.each(installs)("the values of $environment, $mode", ({ environment, args }) => {
  it("are taken by the API server, with every field and nothing to warn of", async () => {
    // cert-manager's own kind is known only where cert-manager is.
    const manifests = (await objects(...args)).filter(({ kind }) => kind !== "Certificate");
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: manifests });
    const apply = ["apply", "--dry-run=server", "--validate=strict", "--namespace", namespace, "--filename=-"];
    const { exitCode, stdout, stderr } = await attempt("kubectl", apply, list);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.split("\n").length).toBe(manifests.length);
    expect(stdout, environment).toContain("statefulset.apps/flink-taskmanager created (server dry run)");
  });

  it("make pods that Pod Security takes: a template that is not confined would be warned of", async () => {
    const workload = (await objects(...args)).find(({ kind }) => kind === "StatefulSet");
    const careless = JSON.stringify(workload).replace(
      '"allowPrivilegeEscalation":false',
      '"allowPrivilegeEscalation":true',
    );
    const apply = ["apply", "--dry-run=server", "--namespace", namespace, "--filename=-"];
    expect((await attempt("kubectl", apply, careless)).stderr).toContain("would violate PodSecurity");
  });
});
