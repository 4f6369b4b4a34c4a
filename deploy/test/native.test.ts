import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { runSluice } from "../../test/support/run-sluice.ts";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { eventually } from "./eventually.ts";
import { image } from "./image.ts";
import { attempt, missing, run } from "./programs.ts";
import { buildSequence } from "./sequence.ts";
import { namespaceManifest } from "./setup.ts";

const why = await missing(["kubectl"], true);
const namespace = `${inject("namespace")}-native`;
const at = (name: string) => join(import.meta.dirname, "../native", name);
const text = (name: string) => readFileSync(at(name), "utf8");
const kubectl = (...args: readonly string[]) => run("kubectl", ["--namespace", namespace, ...args]);
const apply = (manifest: string) => run("kubectl", ["apply", "--namespace", namespace, "--filename=-"], manifest);

/** The namespace of deploy/namespace.yaml, without its policy. */
const [restrictedNamespace = ""] = namespaceManifest(namespace).split("---");

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
afterAll(async () => {
  if (why === undefined) await attempt("kubectl", ["delete", "namespace", namespace, "--wait=false"]);
});

/** Runs one of Flink's programs in the client's pod. */
function asClient(...args: readonly string[]) {
  const exec = ["exec", "--namespace", namespace, "--stdin", "flink-client", "--", "bash", "-s", "-", ...args];
  return attempt("kubectl", exec, text("as-client.sh"));
}

beforeAll(async () => {
  if (why !== undefined) return;
  const chosen = await image();
  await run("kubectl", ["apply", "--filename=-"], restrictedNamespace);
  await apply(text("account.yaml"));
  const san = ["native-rest", `native-rest.${namespace}`, `native-rest.${namespace}.svc`].join(",");
  for (const options of [
    ["--secret", "flink-internal-tls"],
    ["--secret", "flink-rest-tls", "--store", "pkcs12", "--name", "flink.rest", "--san", san],
  ]) {
    const { stdout, stderr, exitCode } = await runSluice(["certs", "--namespace", namespace, ...options]);
    if (exitCode !== 0) throw new Error(stderr);
    await apply(stdout);
  }
  await kubectl("create", "configmap", "pod-template", `--from-file=${at("pod-template.yaml")}`);
  await apply(text("client.yaml").replace("flink-sluice:2.3.0", chosen));
  await kubectl("wait", "--for=condition=Ready", "pod/flink-client", "--timeout=180s");
  using folder = temporaryFolder();
  const jar = await buildSequence(folder.path);
  await run("sh", ["-c", `kubectl exec --namespace ${namespace} -i flink-client -- sh -c 'cat >/tmp/job.jar' <${jar}`]);
});

const cluster = ["-Dkubernetes.cluster-id=native", `-Dkubernetes.namespace=${namespace}`];

describe("native mode, by Flink's own programs", () => {
  it("starts a session whose JobManager Sluice has prepared", { timeout: 600_000 }, async () => {
    const { exitCode, stderr, stdout } = await asClient(
      "kubernetes-session.sh",
      ...cluster,
      `-Dkubernetes.container.image.ref=${await image()}`,
      "-Dkubernetes.service-account=flink",
      "-Dkubernetes.pod-template-file.default=/pod-template/pod-template.yaml",
      "-Dkubernetes.rest-service.exposed.type=ClusterIP",
      "-Dkubernetes.jobmanager.cpu.amount=0.2",
      "-Dkubernetes.taskmanager.cpu.amount=0.2",
      "-Djobmanager.memory.process.size=1100m",
      "-Dtaskmanager.memory.process.size=1200m",
      // A busy machine may take longer than Flink's ten seconds.
      "-Dpekko.ask.timeout=60s",
      "-Dpekko.startup-timeout=90s",
    );
    expect(exitCode, `${stdout}${stderr}`).toBe(0);
    await kubectl("rollout", "status", "deployment/native", "--timeout=300s");
    expect(await kubectl("logs", "deployment/native")).toContain(
      "sluice: wrote /run/sluice/flink/tls-internal/keystore.p12",
    );
  });

  it("runs a job on TaskManagers that Flink starts itself", { timeout: 600_000 }, async () => {
    const submit = [
      "flink",
      "run",
      "-d",
      "-t",
      "kubernetes-session",
      ...cluster,
      "-p",
      "2",
      "/tmp/job.jar",
      "/tmp/out",
      "20",
    ];
    await eventually(async () => {
      const { exitCode, stdout, stderr } = await asClient(...submit);
      expect(exitCode, `${stdout}${stderr}`).toBe(0);
    }, 300);
    const certificate = [
      "--cert",
      "/certs/rest/tls.crt",
      "--key",
      "/certs/rest/tls.key",
      "--cacert",
      "/certs/rest/ca.crt",
    ];
    const jobs = "https://native-rest:8081/jobs/overview";
    await eventually(async () => {
      const overview = await kubectl("exec", "flink-client", "--", "curl", "-sS", ...certificate, jobs);
      expect(overview).toMatch(/"state":"RUNNING".*"tasks":\{"running":4,/);
    }, 300);
  });

  it("puts no password into the arguments of a JVM", async () => {
    const names = await kubectl("get", "pods", "--selector=app=native", "--output=name");
    expect(names.split("\n").length).toBe(3);
    for (const name of names.split("\n")) {
      const line = await kubectl("exec", name, "--", "sh", "-c", "tr '\\0' '\\n' </proc/1/cmdline");
      expect(line).toContain("kubernetes");
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
      "https://native-rest:8081/jobs",
    ];
    const { exitCode, stdout, stderr } = await attempt("kubectl", ask);
    // TLS 1.3 refuses after the handshake: the alert may come before the end of the connection is seen, or not.
    expect([52, 56], stderr).toContain(exitCode);
    expect(stdout).toBe("");
  });
});
