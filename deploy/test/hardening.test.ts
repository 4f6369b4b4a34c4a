import { beforeEach, describe, expect, it } from "vitest";
import { type KubernetesObject, environments, missing, objects, valuesOf } from "./programs.ts";

const why = await missing(["helm"]);
const application = ["--set", "mode=application,job.className=org.example.Job"];

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});

interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources: { readonly requests: Record<string, string>; readonly limits: Record<string, string> };
}

interface PodSpec {
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly containers: readonly Container[];
  readonly volumes?: readonly { readonly secret?: { readonly defaultMode: number } }[];
}

interface PodOwner {
  readonly template?: { readonly spec: PodSpec };
}

/** Every pod that a release has, by the name of what makes it. */
function pods(of: readonly KubernetesObject[]): readonly (readonly [string, PodSpec])[] {
  return of.flatMap((object) => {
    const spec = object.kind === "Pod" ? object["spec"] : (object["spec"] as PodOwner | undefined)?.template?.spec;
    return spec === undefined ? [] : [[`${object.kind} ${object.metadata.name}`, spec as PodSpec] as const];
  });
}

const restricted = {
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 9999,
    runAsGroup: 9999,
    fsGroup: 9999,
    seccompProfile: { type: "RuntimeDefault" },
  },
};
const confined = {
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    privileged: false,
    capabilities: { drop: ["ALL"] },
  },
};

describe.each(["", ...environments])("with the values of %j", (environment) => {
  const install = () => objects(...valuesOf(environment), ...application);

  it("confines every pod and every container, and gives each its share of the node", async () => {
    const found = pods(await install());
    expect(found.length).toBeGreaterThanOrEqual(3);
    for (const [name, spec] of found) {
      expect(spec, name).toMatchObject(restricted);
      expect(spec.enableServiceLinks, name).toBe(false);
      for (const container of spec.containers) {
        expect(container, name).toMatchObject(confined);
        const { requests, limits } = container.resources;
        expect(Object.keys(requests), name).toEqual(["cpu", "memory", "ephemeral-storage"]);
        expect(limits["memory"], name).toBe(requests["memory"]);
      }
      const modes = (spec.volumes ?? []).flatMap(({ secret }) => (secret === undefined ? [] : [secret.defaultMode]));
      expect(new Set(modes), name).toEqual(new Set(modes.length > 0 ? [0o440] : []));
    }
  });

  it("puts no secret into an environment", async () => {
    const secrets = ["kafka", "elasticsearch"].flatMap((of) => ["--set", `${of}.password.secretName=${of}-login`]);
    const variables = pods(await objects(...valuesOf(environment), ...secrets))
      .flatMap(([, spec]) => spec.containers.flatMap(({ env = [] }) => env))
      .filter(({ name }) => /PASSWORD|SECRET|API_KEY/.test(name));
    expect(new Set(variables.map(({ name }) => name))).toEqual(
      new Set(["KAFKA_SASL_PASSWORD_FILE", "ELASTICSEARCH_PASSWORD_FILE"]),
    );
  });

  it("gives a token to those pods that ask the API server", async () => {
    const found = await install();
    const ha = JSON.stringify(found).includes("high-availability.type");
    const withToken = pods(found).filter(([, spec]) => spec.automountServiceAccountToken);
    const generated = environment === "" || environment === "dev" ? ["Job flink-certificates"] : [];
    const flink = ha ? ["Deployment flink-jobmanager", "StatefulSet flink-taskmanager"] : [];
    expect(withToken.map(([name]) => name).toSorted()).toEqual([...flink, ...generated].toSorted());
  });
});

it("gives the JobManager of an application no right but to two ConfigMaps, by name", async () => {
  const roles = (await objects(...valuesOf("prod"), ...application)).filter(({ kind }) => kind === "Role");
  const rules = roles.find(({ metadata }) => metadata.name === "flink-jobmanager")?.["rules"];
  expect(rules).toEqual([
    {
      apiGroups: [""],
      resources: ["configmaps"],
      resourceNames: ["flink-cluster-config-map", expect.stringMatching(/^flink-[0-9a-f]{32}-config-map$/)],
      verbs: ["get", "list", "watch", "update", "patch", "delete"],
    },
  ]);
});

it("names another job when it begins from another savepoint, and the same one otherwise", async () => {
  const id = async (...more: readonly string[]) => {
    const found = await objects(...application, ...more);
    const text = JSON.stringify(found.find(({ kind }) => kind === "Deployment"));
    return /"--job-id","([0-9a-f]{32})"/.exec(text)?.[1];
  };
  const first = await id();
  expect(first).toMatch(/./);
  expect(await id("--set=job.parallelism=4")).toBe(first);
  expect(await id("--set=job.fromSavepoint=/flink/state/savepoints/savepoint-1")).not.toBe(first);
  expect(await id("--set=job.run=2")).not.toBe(first);
});
