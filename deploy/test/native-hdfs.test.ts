import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { cannotMakeHdfsImage } from "./hdfs-image.ts";
import { Job } from "./job.ts";
import { NativeClient } from "./native-client.ts";
import { attempt, missing } from "./programs.ts";
import { SecuredHdfs } from "./secured-hdfs.ts";
import { survives } from "./survives.ts";

const why = (await missing(["kubectl"], true)) ?? cannotMakeHdfsImage();
const namespace = `${inject("namespace")}-native-hdfs`;
const heading = "In native mode, with Kerberos and HDFS";
const hdfs = new SecuredHdfs(`${inject("namespace")}-hdfs`);
const folder = temporaryFolder();
let client: NativeClient;
let job: Job;

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  client = new NativeClient(namespace, folder, await hdfs.ensure());
  const addresses = await hdfs.addresses();
  client.change("network.yaml", {
    "192.0.2.88/32": `${addresses.kdc}/32`,
    "port: 88 ": `port: ${hdfs.kdcPort} `,
    "192.0.2.128/25": `${addresses.hdfs}/32`,
  });
  await client.prepare();
  job = new Job({
    rest: (path) => client.rest(path),
    committed: () => hdfs.shell("-cat", "/user/flink/output/part-*"),
  });
});
afterAll(async () => {
  folder[Symbol.dispose]();
  if (why === undefined) await attempt("kubectl", ["delete", "namespace", namespace, "--wait=false"]);
});

describe("native mode with Kerberos and HDFS, by Flink's own programs", () => {
  it("starts an application", async () => {
    writeFileSync(folder.at("krb5.keytab"), await hdfs.keytab("flink"), { mode: 0o600 });
    await client.follow(heading, 0, { "krb5.keytab": folder.at("krb5.keytab") });
    client.change("kerberos-hdfs.env", {
      "CORP.EXAMPLE": hdfs.realm,
      "kdc.corp.example": hdfs.kdc,
      "hdfs://namenode.corp.example:8020": hdfs.url,
    });
    await client.follow(heading, 1);
    const ours = { "interval=30s": "interval=5s", "flink/output": "flink/output 20" };
    const [line] = await Promise.all([
      client.arguments("pod/flink-client", "org.apache.flink.client.cli.CliFrontend"),
      client.follow(heading, 2, ours),
    ]);
    expect(line).not.toContain(await client.password());
    expect(line).not.toMatch(/password/i);
    await client.follow(heading, 3);
  });

  it("runs its job on a TaskManager that Flink starts, with checkpoints and output on HDFS", async () => {
    const { latest } = await job.progresses();
    expect(await client.pods("taskmanager")).toEqual(["pod/flink-taskmanager-1-1"]);
    const path = latest.completed?.external_path ?? "";
    expect(path).toMatch(/^hdfs:\/user\/flink\/checkpoints\/[0-9a-f]{32}\/chk-\d+$/);
    expect(await job.output()).toMatchObject({ twice: 0, gaps: 0 });
  });

  it.each(["taskmanager", "jobmanager"] as const)("continues from HDFS when the %s is deleted", async (component) => {
    const before = await client.pods(component);
    await survives(job, () => client.kubectl("delete", ...before));
    const after = await client.pods(component);
    expect(after.length).toBe(1);
    expect(after).not.toEqual(before);
  });

  it("has its files in HDFS for anyone who has a keytab and encrypts, and for nobody else", async () => {
    const list = ["-ls", "-R", "/user/flink"];
    const files = await hdfs.shell(...list);
    expect(files).toMatch(/ flink .* \/user\/flink\/checkpoints\/[0-9a-f]{32}\/chk-\d+\/_metadata$/m);
    expect(files).toMatch(/ flink .* \/user\/flink\/high-availability\//);
    const plain = await hdfs.shellOfAnybody("-D", "hadoop.security.authentication=simple", ...list);
    expect(plain).toMatchObject({ exitCode: 1, stdout: "" });
    expect(plain.stderr).toContain("SIMPLE authentication is not enabled");
    const once = ["-D", "ipc.client.connect.max.retries.on.sasl=0"];
    await expect(hdfs.shell(...once, "-D", "hadoop.rpc.protection=authentication", ...list)).rejects.toThrow(
      "No common protection layer between client and server",
    );
    const without = await hdfs.shellOfAnybody(...list);
    expect(without).toMatchObject({ exitCode: 1, stdout: "" });
    expect(without.stderr).toContain("Client cannot authenticate via:[TOKEN, KERBEROS]");
  });

  it("has Kerberos and Hadoop's configuration from Sluice, and not from the client", async () => {
    for (const component of ["jobmanager", "taskmanager"] as const) {
      const [pod = ""] = await client.pods(component);
      const spec = await client.kubectl("get", pod, "--output=jsonpath={.spec}");
      expect(spec).not.toMatch(/kerberos-keytab|kerberos-krb5conf|hadoop-config|HADOOP_CONF_DIR/);
      const found = await client.arguments(pod, "org.apache.flink.");
      expect(found).toContain(`-Djava.security.krb5.conf=/run/sluice/flink/${component}/krb5.conf`);
      expect(found).not.toContain(await client.password());
      expect(found).not.toMatch(/password/i);
    }
  });
});
