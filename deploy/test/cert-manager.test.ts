import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { type Certificate, certManagerDefinitions, issue, issuerCa, type Secret } from "./cert-manager.ts";
import { documentedFile } from "./documented.ts";
import { makeDefinitions, removeDefinitions } from "./definitions.ts";
import { Job } from "./job.ts";
import { attempt, missing, objects, type Outcome, valuesOf } from "./programs.ts";
import { Release } from "./release.ts";

const why = await missing(["helm", "kubectl", "go"], true);
const folder = temporaryFolder();
/** Its checkpoints stay in the JobManager, so that it needs no volume. */
const release = new Release(`${inject("namespace")}-cert-manager`, {
  files: { "issuers.yaml": folder.at("issuers.yaml") },
  values: (shared) => ({
    ...shared,
    job: { ...shared.job, args: ["/tmp/output", "20"], parallelism: 2 },
    highAvailability: { enabled: false },
    storage: { uri: "file:///tmp" },
    networkPolicy: { egress: { storage: { to: [{ podSelector: {} }] } } },
    tls: { internal: { verifyHostname: true } },
    flinkConfiguration: { ...shared.flinkConfiguration, "execution.checkpointing.storage": "jobmanager" },
  }),
});
let made: readonly string[] = [];

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  made = await makeDefinitions(await certManagerDefinitions());
  await release.prepare();
});
afterAll(async () => {
  folder[Symbol.dispose]();
  if (why !== undefined) return;
  await attempt("kubectl", ["delete", "namespace", release.namespace, "--wait=false"]);
  await removeDefinitions(made);
});

async function certificates(...args: readonly string[]): Promise<readonly Certificate[]> {
  return (await objects(...args)).filter(({ kind }) => kind === "Certificate") as unknown as readonly Certificate[];
}

/** Lets the API server look at a manifest, without making anything. */
function tried(manifest: string): Promise<Outcome> {
  const create = ["create", "--dry-run=server", "--validate=strict", "--output=json", "--filename=-"];
  return attempt("kubectl", [...create, "--namespace", release.namespace], manifest);
}

const internal = "tls.internal.source=certManager";
const rest = "tls.rest.source=certManager";
const issuer = "tls.certManager.issuer.name=flink";
const lifetime = "tls.certManager.duration=2h,tls.certManager.renewBefore=1h";
const external = "tls.certManager.issuer.kind=StepClusterIssuer,tls.certManager.issuer.group=certmanager.step.sm";

describe("the chart's Certificates are taken by the API server, by cert-manager's own CRDs", () => {
  it.each([
    ["internal", ["--set", `${internal},${issuer}`], ["flink-internal-tls"]],
    ["REST", ["--set", `${rest},${issuer}`], ["flink-rest-tls"]],
    [
      "of a ClusterIssuer",
      ["--set", `${rest},${issuer},tls.certManager.issuer.kind=ClusterIssuer`],
      ["flink-rest-tls"],
    ],
    ["of another group's issuer", ["--set", `${rest},${issuer},${external}`], ["flink-rest-tls"]],
    ["for two hours", ["--set", `${rest},${issuer}`, "--set", lifetime], ["flink-rest-tls"]],
    ["of another domain", ["--set", `${rest},${issuer},clusterDomain=corp.example`], ["flink-rest-tls"]],
    ["in staging", valuesOf("staging"), ["flink-internal-tls", "flink-rest-tls"]],
    ["in production", valuesOf("prod"), ["flink-internal-tls", "flink-rest-tls"]],
  ])("%s", async (_, args, names) => {
    const rendered = await certificates(...args);
    expect(rendered.map(({ spec }) => spec.secretName)).toEqual(names);
    for (const certificate of rendered) {
      const { exitCode, stdout, stderr } = await tried(JSON.stringify(certificate));
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect((JSON.parse(stdout) as Certificate).spec).toEqual(certificate.spec);
    }
  });

  it("with an issuer for each side", async () => {
    const rendered = await certificates("--set", `${internal},${rest},${issuer},tls.internal.issuerName=other`);
    expect(rendered.map(({ spec }) => spec.issuerRef.name)).toEqual(["other", "flink"]);
  });
});

describe("a Certificate with something wrong is refused:", () => {
  it.each([
    ["a field that is not there", { dnsName: "flink" }, 'unknown field "spec.dnsName"'],
    ["a usage that is not there", { usages: ["server_auth"] }, 'Unsupported value: "server_auth"'],
    ["a kind of key that is not there", { privateKey: { algorithm: "EC" } }, 'Unsupported value: "EC"'],
    ["no issuer's name", { issuerRef: { kind: "Issuer" } }, "spec.issuerRef.name: Required value"],
    ["no Secret's name", { secretName: undefined }, "spec.secretName: Required value"],
    ["a number for a duration", { duration: 90 }, 'spec.duration: Invalid value: "integer"'],
  ])("%s", async (_, wrong, message) => {
    const [certificate] = await certificates("--set", `${rest},${issuer}`);
    const { exitCode, stderr } = await tried(
      JSON.stringify({ ...certificate, spec: { ...certificate?.spec, ...wrong } }),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
  });
});

interface Issuer {
  readonly spec: { readonly ca: { readonly secretName: string } };
}

async function read<T>(...what: readonly string[]): Promise<T> {
  return JSON.parse(await release.kubectl("get", ...what, "--output=json")) as T;
}

describe("a release with certificates as cert-manager issues them, and host names verified", () => {
  beforeAll(async () => {
    if (why !== undefined) return;
    writeFileSync(folder.at("issuers.yaml"), documentedFile("issuers.yaml"));
    await release.follow("Certificates from cert-manager");
    const asked = await read<{ items: readonly Certificate[] }>("certificates");
    for (const certificate of asked.items) {
      const { spec } = await read<Issuer>("issuer", certificate.spec.issuerRef.name);
      const ca = issuerCa(await read<Secret>("secret", spec.ca.secretName));
      await release.apply(issue(certificate, ca));
    }
    await release.rolledOut();
    await release.startClient("flink-rest-tls");
  });

  it("runs a job whose TaskManagers know each other by their names", async () => {
    const job = new Job(release);
    await job.progresses();
    const { taskmanagers } = await release.rest<{ taskmanagers: number }>("/overview");
    expect(taskmanagers).toBe(2);
    const { vertices } = await release.rest<{ vertices: { parallelism: number }[] }>(`/jobs/${await job.running()}`);
    expect(vertices.map(({ parallelism }) => parallelism)).toEqual([2, 2]);
  });

  it("does not start a TaskManager that the certificate does not name", async () => {
    const plan = "FLINK_SSL_INTERNAL_DIR=/certs/rest sluice plan taskmanager";
    const { exitCode, stderr } = await release.exec("flink-taskmanager-1", "sh", "-c", plan);
    const name = `flink-taskmanager-1.flink-taskmanager.${release.namespace}.svc.cluster.local`;
    expect(stderr).toContain(`/certs/rest/tls.crt: it names none of ${name}`);
    expect(exitCode).toBe(78);
  });

  it("passes its helm test", async () => {
    expect(await release.helm("test", "flink", "--timeout=600s")).toMatch(/Phase:\s+Succeeded/);
  });
});
