import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { Job } from "./job.ts";
import { attempt, missing } from "./programs.ts";
import { Release } from "./release.ts";

const why = await missing(["helm", "kubectl"], true);
const release = new Release(inject("namespace"));
const job = new Job(release);

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why === undefined) await release.ensure();
});

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly containerStatuses: readonly { readonly ready: boolean; readonly restartCount: number }[];
  };
}

async function flinkPods(): Promise<readonly Pod[]> {
  const query = ["get", "pods", "--selector=app.kubernetes.io/component in (jobmanager,taskmanager)", "--output=json"];
  return (JSON.parse(await release.kubectl(...query)) as { items: readonly Pod[] }).items;
}

describe("a release in a namespace that takes restricted pods only", () => {
  it("is in a namespace that refuses others", async () => {
    const spec = { containers: [{ name: "c", image: "busybox" }] };
    const pod = JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "careless" }, spec });
    const apply = ["apply", "--dry-run=server", "--filename=-", "--namespace", release.namespace];
    expect((await attempt("kubectl", apply, pod)).stderr).toContain('violates PodSecurity "restricted:latest"');
  });

  it("has two JobManagers and two TaskManagers, all of them ready", async () => {
    const pods = await flinkPods();
    const names = pods.map(({ metadata }) => metadata.name.replace(/^(flink-jobmanager)-.*/, "$1"));
    expect(names).toEqual(["flink-jobmanager", "flink-jobmanager", "flink-taskmanager-0", "flink-taskmanager-1"]);
    for (const { metadata, status } of pods) {
      expect(status.containerStatuses, metadata.name).toMatchObject([{ ready: true, restartCount: 0 }]);
    }
  });

  it("runs its job, which takes checkpoints on the volume", async () => {
    const { latest } = await job.progresses();
    const path = latest.completed?.external_path ?? "";
    expect(path).toMatch(/^file:\/flink\/state\/checkpoints\/[0-9a-f]{32}\/chk-\d+$/);
    const held = await release.exec("flink-taskmanager-0", "ls", "/flink/state/checkpoints");
    expect(path).toContain(`/${held.stdout.trim()}/`);
    expect(await job.output()).toMatchObject({ twice: 0, gaps: 0 });
  });

  it("passes its helm test", async () => {
    expect(await release.helm("test", "flink", "--timeout=600s")).toMatch(/Phase:\s+Succeeded/);
  });

  it("keeps neither the Job that made the certificates nor its right to make Secrets", async () => {
    const left = ["get", "jobs,serviceaccounts,roles,rolebindings", "--output=name"];
    const names = await release.kubectl(...left);
    expect(names).toContain("serviceaccount/flink-jobmanager");
    expect(names).not.toContain("certificates");
  });
});

describe("every pod, read from inside", () => {
  const look = `
    grep -E '^(Uid|Gid|CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/1/status | tr -s '\\t ' ' '
    grep -q ' / [^ ]* ro[, ]' /proc/mounts && echo root: read-only
    for d in / /opt/flink /opt/flink/conf /certs/internal /usr/local/bin; do touch "$d/x" 2>/dev/null && echo "writable: $d"; done
    stat -L -c '%a %u %g' /certs/internal/tls.key
    grep ' /run/sluice ' /proc/mounts | cut -d' ' -f1
    tr '\\0' '\\n' </proc/1/environ | grep -ciE 'password|BEGIN|_SERVICE_HOST=.*' `;

  it.each(["jobmanager", "taskmanager"])("%s: is confined", async (component) => {
    const pods = (await flinkPods()).filter(({ metadata }) => metadata.name.startsWith(`flink-${component}`));
    expect(pods.length).toBe(2);
    for (const { metadata } of pods) {
      const { stdout } = await release.exec(metadata.name, "sh", "-c", look);
      expect(stdout.split("\n"), metadata.name).toEqual([
        "Uid: 9999 9999 9999 9999",
        "Gid: 9999 9999 9999 9999",
        "CapEff: 0000000000000000",
        "CapBnd: 0000000000000000",
        "NoNewPrivs: 1",
        "Seccomp: 2",
        "root: read-only",
        "440 0 9999",
        "tmpfs",
        "1",
      ]);
    }
  });
});

describe("mutual TLS", () => {
  const certificate = (side: string) => ["--cert", `/certs/${side}/tls.crt`, "--key", `/certs/${side}/tls.key`];
  const ask = (url: string, ...options: readonly string[]) =>
    release.exec("flink-taskmanager-0", "curl", "-skS", "-m", "10", ...options, url);
  const ports = [
    ["RPC of the JobManager", "flink-jobmanager:6123", "internal"],
    ["blobs of the JobManager", "flink-jobmanager:6124", "internal"],
    ["data of a TaskManager", "flink-taskmanager-1.flink-taskmanager:6121", "internal"],
    ["REST", "flink-rest:8081", "rest"],
  ] as const;

  it.each(ports)("%s: refuses a client without a certificate", async (_, address) => {
    const { exitCode, stderr } = await ask(`https://${address}/`);
    expect(exitCode, stderr).toBe(56);
    expect(stderr).toMatch(/alert (certificate required|bad certificate)/);
  });

  it.each(ports)("%s: refuses the certificate of the other side", async (_, address, side) => {
    const other = side === "rest" ? "internal" : "rest";
    const { exitCode, stderr } = await ask(`https://${address}/`, ...certificate(other));
    expect(exitCode, stderr).toBe(56);
    expect(stderr).toMatch(/alert (certificate unknown|unknown ca|bad certificate)/);
  });

  it("REST: takes its own", async () => {
    expect((await ask("https://flink-rest:8081/config", ...certificate("rest"))).stdout).toContain("flink-version");
  });

  it.each(ports)("%s: says nothing in plain text", async (_, address) => {
    const { exitCode, stdout } = await ask(`http://${address}/jobs`);
    // REST sends browsers to https.
    expect(`${exitCode} ${stdout}`).toMatch(/^(52|56|1|0) (.{0,7})$/s);
  });
});
