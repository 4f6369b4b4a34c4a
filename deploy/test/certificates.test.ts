import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { runSluice } from "../../test/support/run-sluice.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { eventually } from "../../testkit/eventually.ts";
import { Job } from "./job.ts";
import { attempt, missing } from "./programs.ts";
import { Release } from "./release.ts";
import { survives } from "./survives.ts";

const why = await missing(["helm", "kubectl"], true);
const folder = temporaryFolder();
const cas = ["internal-ca", "rest-ca", "next-ca"] as const;
/** A small one beside the shared one, on a volume of the default class. */
const release = new Release(`${inject("namespace")}-certificates`, {
  files: Object.fromEntries(cas.map((name) => [name, folder.at(name)])),
  values: (shared) => ({
    ...shared,
    job: { ...shared.job, parallelism: 2 },
    taskManager: { ...shared.taskManager, replicas: 1, slots: 2 },
    highAvailability: { enabled: true, replicas: 1 },
    storage: { claim: { size: "1Gi", accessMode: "ReadWriteOnce", keep: false } },
    pods: { ...shared.pods, env: [{ name: "SLUICE_HEALTH_SPREAD", value: "10" }] },
  }),
});
const job = new Job(release);
const heading = "Certificates from a CA of yours";

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  await release.prepare();
  await release.follow(heading);
  await release.rolledOut();
  await release.startClient("flink-client");
});
afterAll(async () => {
  folder[Symbol.dispose]();
  if (why === undefined) await attempt("kubectl", ["delete", "namespace", release.namespace, "--wait=false"]);
});

/** Asks the REST API, trusting its CA, as the client unless other options are given. */
function ask(...options: readonly string[]) {
  const trust = ["--cacert", "/certs/ca.crt", "https://flink-rest:8081/jobs/overview"];
  return release.exec("client", "curl", "-sS", "-m", "20", ...options, ...trust);
}

const ownCertificate = ["--cert", "/certs/tls.crt", "--key", "/certs/tls.key"];

describe("with certificates of a CA of mine", () => {
  it("the job runs and takes checkpoints", async () => {
    await job.progresses();
    expect(await job.output()).toMatchObject({ twice: 0, gaps: 0 });
  });

  it("REST answers who has a certificate of its CA", async () => {
    const { exitCode, stdout, stderr } = await ask(...ownCertificate);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('"state":"RUNNING"');
  });

  it("REST answers nobody without a certificate", async () => {
    const { exitCode, stdout, stderr } = await ask();
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 56, stdout: "" });
    expect(stderr).toMatch(/alert (certificate required|bad certificate)/);
  });
});

interface Container {
  readonly pod: string;
  readonly uid: string;
  readonly restarts: number;
  readonly ready: boolean;
}

async function containers(): Promise<readonly Container[]> {
  const query = ["get", "pods", "--selector=app.kubernetes.io/component in (jobmanager,taskmanager)", "--output=json"];
  const { items } = JSON.parse(await release.kubectl(...query)) as {
    items: readonly {
      metadata: { name: string; uid: string };
      status: { containerStatuses: readonly { restartCount: number; ready: boolean }[] };
    }[];
  };
  return items.map(({ metadata, status }) => {
    const { restartCount = 0, ready = false } = status.containerStatuses[0] ?? {};
    return { pod: metadata.name, uid: metadata.uid, restarts: restartCount, ready };
  });
}

/** Changes Secrets by commands of docs/kubernetes.md, and waits until the kubelet has started every container again. */
async function change(...commands: readonly (readonly [heading: string, index: number])[]): Promise<void> {
  const before = await containers();
  for (const [section, index] of commands) await release.follow(section, {}, index);
  await eventually(async () => {
    const after = await containers();
    const behind = after.filter(({ restarts, ready }, index) => !ready || restarts === before[index]?.restarts);
    if (behind.length > 0) throw new Error(`not started again: ${JSON.stringify(behind)}`);
  });
}

/** What curl is given to refuse every public key but that of the certificate in REST's Secret. */
async function pinned(): Promise<readonly string[]> {
  const pem = await release.kubectl("get", "secret", "flink-rest", "--output=jsonpath={.data.tls\\.crt}");
  const { publicKey } = new X509Certificate(Buffer.from(pem, "base64"));
  const digest = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
  return ["--pinnedpubkey", `sha256//${digest}`, ...ownCertificate];
}

/** Knocks at the JobManager's internal port from the TaskManager, with a certificate that the CA to come has signed. */
async function knock(): Promise<string> {
  const out = folder.at("knocking");
  await runSluice(["certs", "--sign-with", folder.at("next-ca"), "--out", out, "--store", "none"]);
  const files = ["tls.crt", "tls.key"].map((name) => readFileSync(`${out}/${name}`, "utf8")).join("");
  const script = "cat >/tmp/next.pem; curl -skS -m 10 --cert /tmp/next.pem https://flink-jobmanager:6123/";
  const exec = ["exec", "--stdin", "--namespace", release.namespace, "flink-taskmanager-0", "--", "sh", "-c", script];
  return (await attempt("kubectl", exec, files)).stderr;
}

describe("a Secret that is changed, and nothing else:", () => {
  it("containers start again where they are, and the job continues", async () => {
    const before = await containers();
    const old = await pinned();
    await release.follow("Another CA", {}, 0);
    expect(await knock()).toMatch(/alert (unknown ca|certificate unknown)/);
    await survives(job, () => change(["Another CA", 1], [heading, 3]));
    expect((await containers()).map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    const said = await release.kubectl("get", "events", "--field-selector=reason=Unhealthy");
    expect(said).toContain("has a newer certificate than the one in use; a restart takes it");
    expect((await ask(...old)).exitCode).toBe(90);
    const { exitCode, stderr } = await ask(...(await pinned()));
    expect(exitCode, stderr).toBe(0);
    expect(await knock()).toMatch(/Empty reply from server|unexpected eof/);
  });
});

/** Takes as long again; with SLUICE_TEST_FULL=1. */
const more = process.env["SLUICE_TEST_FULL"] === "1" ? ["Another CA"] : [];

describe.each(more)("%s", (section) => {
  it("follows the first one, and the job continues", async () => {
    const old = await containers();
    await survives(job, () => change([section, 2]));
    expect((await containers()).map(({ uid }) => uid)).toEqual(old.map(({ uid }) => uid));
  });
});
