// npm run bench:kubernetes [-- --rounds N]: from `helm install` to a job whose tasks all run, by Sluice and by Flink's own
// entrypoint in the same chart, on the cluster of KUBECONFIG. CONTRIBUTING.md says what that needs.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { forgetImage, image } from "../deploy/test/image.ts";
import { attempt, chart, run } from "../deploy/test/programs.ts";
import { buildSequence } from "../deploy/test/sequence.ts";
import { namespaceManifest } from "../deploy/test/setup.ts";
import { temporaryFolder } from "../testkit/temporary-folder.ts";
import { medianOf, ratioOf, Rounds } from "./series.ts";
import { restCertificate } from "../test/support/rest-certificate.ts";
import { waitUntil } from "../testkit/eventually.ts";

const namespace = "sluice-bench";
const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const rounds = Number(values.rounds);
const plain = ["--set", "tls.internal.enabled=false,tls.rest.enabled=false"];

using folder = temporaryFolder(undefined, "bench");
const renderer = folder.at("own-entrypoint");
const script = join(import.meta.dirname, "own-entrypoint.ts");
writeFileSync(renderer, `#!/bin/sh\nexec "${process.execPath}" "${script}"\n`);
chmodSync(renderer, 0o755);

const ways = {
  "Flink's own entrypoint, no TLS": [...plain, "--post-renderer", renderer],
  "Sluice, no TLS": plain,
  "Sluice, mutual TLS, with the Job that makes certificates": [],
} as const;

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const measured = new Rounds<{ readonly wallMs: number }>();
try {
  await prepare();
  for (let round = 1; round <= rounds; round++) {
    for (const [name, options] of Object.entries(ways)) {
      process.stderr.write(`bench: ${name}, round ${round} of ${rounds}\n`);
      measured.add(name, { wallMs: await install(`${round}-${Object.keys(ways).indexOf(name)}`, options) });
    }
  }
} finally {
  await attempt("kubectl", ["delete", "namespace", namespace, "--ignore-not-found", "--wait=false"]);
}

const { series } = measured;
process.stdout.write(`Flink 2.3.0, one JobManager and two TaskManagers, medians of ${rounds} rounds, in seconds:\n`);
for (const name of Object.keys(ways)) {
  process.stdout.write(`${name.padEnd(60)}${(medianOf(series, name, "wallMs") / 1000).toFixed(1).padStart(6)}\n`);
}
const [own, sluice] = Object.keys(ways).map((name) => [name]);
process.stdout.write(
  `ratio helm-install-to-running.own ${ratioOf(series, own ?? [], sluice ?? [], "wallMs").toFixed(2)}\n`,
);

async function prepare(): Promise<void> {
  forgetImage();
  await run("kubectl", ["apply", "--filename=-"], namespaceManifest(namespace));
  const jar = readFileSync(await buildSequence(folder.path)).toString("base64");
  const entrypoint = readFileSync(join(import.meta.dirname, "own-entrypoint.sh"), "utf8");
  const items = [
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "job" }, binaryData: { "job.jar": jar } },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "entrypoint" },
      data: { "own-entrypoint.sh": entrypoint },
    },
  ];
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  await run("kubectl", ["apply", "--namespace", namespace, "--filename=-"], list);
}

/** Installs the release, waits until its job runs, and takes it away. Milliseconds from the one to the other. */
async function install(name: string, options: readonly string[]): Promise<number> {
  const [repository = "", tag = ""] = (await image()).split(/:(?=[^:/]+$)/);
  const size = { cpu: { request: "100m", limit: "2" }, ephemeralStorage: "512Mi" };
  const chosen = JSON.stringify({
    image: { repository, tag },
    mode: "application",
    job: { className: "Sequence", args: [`/flink/state/${name}`, "20"], parallelism: 2 },
    jobManager: { ...size, memory: "1100Mi" },
    taskManager: { ...size, memory: "1200Mi" },
    storage: { claim: { size: "1Gi", accessMode: "ReadWriteOnce" } },
    flinkConfiguration: { "jobmanager.rpc.address": "flink-jobmanager", "pekko.startup-timeout": "90s" },
    pods: {
      volumes: ["job", "entrypoint"].map((volume) => ({ name: volume, configMap: { name: volume } })),
      volumeMounts: [
        { name: "job", mountPath: "/opt/flink/usrlib", readOnly: true },
        { name: "entrypoint", mountPath: "/entrypoint", readOnly: true },
      ],
    },
  });
  const began = performance.now();
  await run("helm", ["install", "flink", chart, "--namespace", namespace, "--values=-", ...options], chosen);
  try {
    const hasTls = !options.includes("--post-renderer") && !options.includes(plain[1] ?? "");
    await waitUntil(`a job of ${name} runs`, () => jobRuns(hasTls), { seconds: 600, pauseMs: 250 });
    return performance.now() - began;
  } finally {
    await run("helm", ["uninstall", "flink", "--namespace", namespace, "--wait", "--timeout=180s"]);
    await run("kubectl", [
      "delete",
      "secrets",
      "--selector=app.kubernetes.io/instance=flink",
      "--namespace",
      namespace,
    ]);
  }
}

async function jobRuns(tls: boolean): Promise<boolean> {
  const url = `${tls ? "https" : "http"}://localhost:8081/jobs/overview`;
  const ask = ["exec", "--namespace", namespace, "deployment/flink-jobmanager", "--", "curl", "-sS"];
  const { stdout } = await attempt("kubectl", [...ask, ...(tls ? restCertificate : []), url]);
  return /"state":"RUNNING".*"running":4,/.test(stdout);
}
