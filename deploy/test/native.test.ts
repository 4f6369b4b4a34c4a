import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { connect } from "./connect.ts";
import { eventually } from "../../testkit/eventually.ts";
import { image } from "./image.ts";
import { NativeClient } from "./native-client.ts";
import { attempt, missing } from "./programs.ts";
import { buildSequence } from "./sequence.ts";

const why = await missing(["kubectl"], true);
const namespace = `${inject("namespace")}-native`;
const heading = "In native mode";
const folder = temporaryFolder();
let client: NativeClient;

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  client = new NativeClient(namespace, folder, await image());
  await client.prepare();
});
afterAll(async () => {
  folder[Symbol.dispose]();
  if (why === undefined) await attempt("kubectl", ["delete", "namespace", namespace, "--wait=false"]);
});

describe("native mode, by Flink's own programs", () => {
  it("starts a session whose JobManager Sluice has prepared", async () => {
    await client.follow(heading, 7);
    await client.follow(heading, 8);
    expect(await client.kubectl("logs", "deployment/flink")).toContain(
      "sluice: wrote /run/sluice/flink/jobmanager/tls-internal/keystore.p12",
    );
  });

  it("runs a job on TaskManagers that Flink starts itself", async () => {
    expect(await client.pods("taskmanager")).toEqual([]);
    await client.follow(heading, 9, { "job.jar ": `${await buildSequence(folder.path)} ` });
    await eventually(() => client.follow(heading, 10, { "/tmp/job.jar": "/tmp/job.jar /tmp/out 20" }));
    await eventually(async () => {
      const { jobs } = await client.rest<{ jobs: readonly object[] }>("/jobs/overview");
      expect(jobs).toMatchObject([{ state: "RUNNING", tasks: { running: 4, total: 4 } }]);
    });
    expect(await client.pods("taskmanager")).toEqual(["pod/flink-taskmanager-1-1"]);
  });

  it("puts no password into the arguments of a process", async () => {
    const password = await client.password();
    const pods = [...(await client.pods("jobmanager")), ...(await client.pods("taskmanager"))];
    expect(pods.length).toBe(2);
    for (const pod of pods) {
      const line = await client.arguments(pod, "org.apache.flink.");
      expect(line).toContain("org.apache.flink.kubernetes.");
      expect(line).not.toContain(password);
      expect(line).not.toMatch(/password/i);
    }
  });

  it("lets nobody in without a certificate", async () => {
    const ask = [
      "exec",
      "--namespace",
      namespace,
      "flink-client",
      "--",
      "curl",
      "-skS",
      "https://flink-rest:8081/jobs",
    ];
    const { exitCode, stdout, stderr } = await attempt("kubectl", ask);
    // TLS 1.3 refuses after the handshake: the alert may come before the end of the connection is seen, or not.
    expect([52, 56], stderr).toContain(exitCode);
    expect(stdout).toBe("");
  });

  it("lets the client reach REST, and no other port of Flink's", async () => {
    const [taskManager = ""] = await client.pods("taskmanager");
    const address = await client.kubectl("get", taskManager, "--output=jsonpath={.status.podIP}");
    expect(await connect([namespace, "flink-client"], "flink-rest", 8081)).toBe("connected");
    // The port of RPC, which the JobManager reaches.
    expect(await connect([namespace, "flink-client"], address, 6122)).toBe("not connected");
    expect(await connect([namespace, "deployment/flink"], address, 6122)).toBe("connected");
  });
});
