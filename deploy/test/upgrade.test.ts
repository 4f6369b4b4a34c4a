import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { type KubernetesObject, chart, environments, missing, objectsOf } from "./programs.ts";

const why = await missing(["helm", "tar"]);
const released = join(import.meta.dirname, "../../test/fixtures/0.1.0/sluice-flink-0.1.0.tgz");

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});

/** Fields that the API server lets nobody change: an upgrade that changes one fails. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["selector"],
  StatefulSet: ["selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"],
  PersistentVolumeClaim: ["accessModes", "storageClassName", "volumeMode", "volumeName", "selector", "dataSource"],
  Service: ["clusterIP"],
};

const apiServer = "networkPolicy.apiServer.to[0].ipBlock.cidr=192.0.2.1/32";
const installs = ["values.yaml", ...environments.map((environment) => `values-${environment}.yaml`)].flatMap(
  (values) => [
    { values, mode: "session", set: [] },
    { values, mode: "application", set: ["mode=application,job.className=org.example.Job"] },
    {
      values,
      mode: "application with high availability",
      set: ["mode=application,job.className=org.example.Job,highAvailability.enabled=true", apiServer],
    },
  ],
);

describe.each(installs)("a release of 0.1.0 with $values, $mode", ({ values, set }) => {
  it("can be upgraded with the values that it has", async () => {
    using folder = temporaryFolder();
    await execa("tar", ["xzf", released, "-C", folder.path]);
    const old = folder.at("sluice-flink");
    const args = ["--values", join(old, values), ...set.flatMap((each) => ["--set", each])];
    const before = await rendered(old, args);
    const after = await rendered(chart, args);
    const gone = [...before.keys()].filter((id) => !after.has(id));
    expect(gone, "objects that Helm would delete").toEqual([]);
    for (const [id, object] of before) expect(fixed(after.get(id)), id).toEqual(fixed(object));
  });
});

async function rendered(of: string, args: readonly string[]): Promise<ReadonlyMap<string, KubernetesObject>> {
  const found = await objectsOf(of, args);
  return new Map(found.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

/** What must stay for as long as an object lives. A binding has the role that it binds outside of its spec. */
function fixed(object: KubernetesObject | undefined): unknown {
  const {
    kind = "",
    apiVersion,
    roleRef,
    spec,
  } = (object ?? {}) as Readonly<Record<string, unknown>> & { kind?: string };
  const fields = (immutable[kind] ?? []).map((name) => [name, (spec as Record<string, unknown>)[name]]);
  return { apiVersion, roleRef, ...Object.fromEntries(fields) };
}
