import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { connect } from "./connect.ts";
import { cannotMakeHdfsImage } from "./hdfs-image.ts";
import { Job } from "./job.ts";
import { attempt, missing } from "./programs.ts";
import { Release } from "./release.ts";
import type { ReleaseValues } from "./release-values.ts";
import { SecuredHdfs } from "./secured-hdfs.ts";

const why = (await missing(["helm", "kubectl"], true)) ?? cannotMakeHdfsImage();
const namespace = `${inject("namespace")}-chart-hdfs`;
const hdfs = new SecuredHdfs(`${inject("namespace")}-hdfs`);
let release: Release;
let job: Job;

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  const image = await hdfs.ensure();
  release = new Release(namespace, { values: (shared) => values(shared, image) });
  await release.prepare();
  const data = { "krb5.keytab": Buffer.from(await hdfs.keytab("chart")).toString("base64") };
  const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "flink-keytab" }, data };
  await release.apply(secret);
  await release.ensure();
  job = new Job({
    rest: (path) => release.rest(path),
    committed: () => hdfs.shell("-cat", "/user/chart/output/part-*"),
  });
});
afterAll(async () => {
  if (why === undefined) await attempt("kubectl", ["delete", "namespace", namespace, "--wait=false"]);
});

function values(shared: ReleaseValues, image: string): object {
  const [repository, tag] = image.split(/:(?=[^:]*$)/);
  const pods = (app: string) => [
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
    highAvailability: { enabled: false },
    networkPolicy: {
      egress: { kdc: { to: pods("kdc"), ports: [{ port: hdfs.kdcPort }] }, hdfs: { to: pods("hdfs") } },
    },
    pods: {},
  };
}

describe("the chart with Kerberos, and its state on HDFS", () => {
  it("asks the KDC and the NameNode in its helm test", async () => {
    expect(await release.helm("test", "flink", "--timeout=600s")).toMatch(/Phase:\s+Succeeded/);
    const said = await release.kubectl("logs", "flink-test");
    expect(said).toContain("chart@LAB.EXAMPLE has logged in, with a ticket for");
    expect(said).toMatch(/HDFS_DEFAULT_FS: namenode\.hdfs\.\S+:8020: takes the ticket for hdfs\/namenode\.hdfs\./);
  });

  it("keeps checkpoints and output there", async () => {
    const { latest } = await job.progresses();
    expect(latest.completed?.external_path).toMatch(/^hdfs:\/user\/chart\/checkpoints\/[0-9a-f]{32}\/chk-\d+$/);
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

  it("says in its helm test when the keytab is stale", async () => {
    await hdfs.changeKey("chart");
    const { exitCode } = await attempt("helm", ["test", "flink", "--namespace", namespace, "--timeout=600s"]);
    expect(exitCode).toBe(1);
    expect(await release.kubectl("logs", "flink-test")).toContain("[kdc/wrong-key]");
  });
});
