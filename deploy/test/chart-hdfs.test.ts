import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { connect } from "./connect.ts";
import { eventually } from "../../testkit/eventually.ts";
import { cannotMakeHdfsImage } from "./hdfs-image.ts";
import { Job } from "./job.ts";
import { pods } from "./pods.ts";
import { attempt, missing } from "./programs.ts";
import { Release } from "./release.ts";
import type { ReleaseValues } from "./release-values.ts";
import { SecuredHdfs } from "./secured-hdfs.ts";
import { survives } from "./survives.ts";

const why = (await missing(["helm", "kubectl"], true)) ?? cannotMakeHdfsImage();
const namespace = `${inject("namespace")}-chart-hdfs`;
const hdfs = new SecuredHdfs(`${inject("namespace")}-hdfs`);
const folder = temporaryFolder();
const keytab = folder.at("krb5.keytab");
const keys = folder.at("keys");
let release: Release;
let job: Job;

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  const image = await hdfs.ensure();
  release = new Release(namespace, {
    values: (shared) => values(shared, image),
    files: { "krb5.keytab": keytab, keys },
  });
  await release.prepare();
  await giveKeytab();
  mkdirSync(keys);
  await giveKeys({ first: randomBytes(32).toString("base64"), primary: "first" });
  await release.ensure();
  job = new Job({
    rest: (path) => release.rest(path),
    committed: () => hdfs.shell("-cat", "/user/chart/output/part-*"),
  });
});
afterAll(async () => {
  folder[Symbol.dispose]();
  if (why === undefined) await attempt("kubectl", ["delete", "namespace", namespace, "--wait=false"]);
});

/** Puts the principal's key as it is now into the Secret. */
async function giveKeytab(): Promise<void> {
  writeFileSync(keytab, await hdfs.keytab("chart"), { mode: 0o600 });
  await release.follow("Kerberos, Kafka, HDFS, search");
}

/** Adds files to the Secret with the keys of sealed state, or changes them. */
async function giveKeys(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files))
    writeFileSync(`${keys}/${name}`, `${content}\n`, { mode: 0o600 });
  await release.follow("Sealed state");
}

/** Waits until every pod has a file of the keys of sealed state as it is now. */
async function allHave(name: string): Promise<void> {
  const digest = createHash("sha256")
    .update(readFileSync(`${keys}/${name}`))
    .digest("hex");
  for (const pod of ["flink-taskmanager-0", "deployment/flink-jobmanager"]) {
    const digestOf = async () =>
      (await release.exec(pod, "sha256sum", `/certs/sealed-state/${name}`)).stdout.slice(0, 64);
    await eventually(async () => expect(await digestOf()).toBe(digest));
  }
}

/** Waits for a checkpoint, and reads its metadata as they are in HDFS. */
async function checkpoint(): Promise<string> {
  const { latest } = await job.progresses();
  const path = latest.completed?.external_path ?? "";
  expect(path).toMatch(/^sealed\+hdfs:\/user\/chart\/checkpoints\/[0-9a-f]{32}\/chk-\d+$/);
  return hdfs.shell("-cat", `${path.replace("sealed+hdfs:", "")}/_metadata`);
}

/** Every pod of Flink's, by what a restart would change. */
async function processes(): Promise<readonly string[]> {
  const all = [...(await pods(release, "jobmanager")), ...(await pods(release, "taskmanager"))];
  return all.map(({ uid, restarts }) => `${uid} ${restarts}`);
}

function values(shared: ReleaseValues, image: string): object {
  const [repository, tag] = image.split(/:(?=[^:]*$)/);
  const of = (app: string) => [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": hdfs.namespace } },
      podSelector: { matchLabels: { app } },
    },
  ];
  return {
    ...shared,
    image: { repository, tag },
    job: { ...shared.job, args: ["hdfs:///user/chart/output", "20"], parallelism: 2 },
    taskManager: { ...shared.taskManager, replicas: 1, slots: 2 },
    kerberos: { enabled: true, realm: hdfs.realm, kdc: [hdfs.kdc], keytab: { secretName: "flink-keytab" } },
    hdfs: { defaultFs: hdfs.url, kerberos: true, protection: "privacy" },
    storage: { uri: "hdfs:///user/chart" },
    state: { ...shared.state, sealed: { enabled: true, keySecret: "flink-state-keys" } },
    highAvailability: { enabled: false },
    // A checkpoint is still there when its metadata are read.
    flinkConfiguration: { ...shared.flinkConfiguration, "execution.checkpointing.num-retained": "20" },
    networkPolicy: {
      egress: { kdc: { to: of("kdc"), ports: [{ port: hdfs.kdcPort }] }, hdfs: { to: of("hdfs") } },
    },
    pods: {},
  };
}

describe("the chart with Kerberos, and its sealed state on HDFS", () => {
  it("asks the KDC and the NameNode in its helm test", async () => {
    expect(await release.helm("test", "flink", "--timeout=600s")).toMatch(/Phase:\s+Succeeded/);
    const said = await release.kubectl("logs", "flink-test");
    expect(said).toContain("chart@LAB.EXAMPLE has logged in, with a ticket for");
    expect(said).toMatch(/HDFS_DEFAULT_FS: namenode\.hdfs\.\S+:8020: takes the ticket for hdfs\/namenode\.hdfs\./);
  });

  it("keeps checkpoints and output there, and encrypts what is state", async () => {
    const metadata = await checkpoint();
    expect(metadata.slice(0, 64)).toContain("first");
    // As Java would have serialized it: each serializer is there by its name.
    expect(metadata).not.toContain("apache");
    expect(await job.output()).toMatchObject({ twice: 0, gaps: 0 });
    expect(await hdfs.shell("-ls", "-R", "/user/chart/checkpoints")).toMatch(/ chart .*\/chk-\d+\/_metadata$/m);
  });

  const flows = [
    ["taskmanager", "kdc", hdfs.kdcPort, "connected"],
    ["taskmanager", "hdfs", 8020, "connected"],
    ["taskmanager", "hdfs", 9866, "connected"],
    ["taskmanager", "hdfs", 9871, "not connected"],
    ["client", "kdc", hdfs.kdcPort, "not connected"],
    ["client", "hdfs", 8020, "not connected"],
    // That one is there, for others.
    ["hdfs", "hdfs", 9871, "connected"],
  ] as const;

  it.concurrent.each(flows)("from %s to %s, port %i: %s", async (source, target, port, expected) => {
    const places = {
      taskmanager: [namespace, "flink-taskmanager-0"],
      client: [namespace, "client"],
      hdfs: [hdfs.namespace, "hdfs"],
    } as const;
    const address = (await hdfs.addresses())[target];
    expect(await connect(places[source], address, port)).toBe(expected);
  });

  it("seals with the next key once the Secret says so, starts nothing again for it, and reads what both have sealed", async () => {
    const before = await processes();
    await giveKeys({ second: randomBytes(32).toString("base64") });
    await allHave("second");
    await giveKeys({ primary: "second" });
    await allHave("primary");
    expect((await checkpoint()).slice(0, 64)).toContain("second");
    expect(await processes()).toEqual(before);
    await survives(job, () => release.kubectl("delete", "pod", "flink-taskmanager-0", "--wait=false"));
  });

  it("says in its helm test when the keytab is stale, and takes the next one when a container starts", async () => {
    const test = ["test", "flink", "--namespace", namespace, "--timeout=600s"];
    await hdfs.changeKey("chart");
    expect((await attempt("helm", test)).exitCode).toBe(1);
    expect(await release.kubectl("logs", "flink-test")).toContain("[kdc/wrong-key]");
    await giveKeytab();
    await survives(job, () => release.kubectl("delete", "pod", "flink-taskmanager-0", "--wait=false"));
    expect(await attempt("helm", test)).toMatchObject({ exitCode: 0 });
  });
});
