import { readFileSync, writeFileSync } from "node:fs";
import { type TemporaryFolder, temporaryFolder } from "../../test/support/temporary-folder.ts";
import { withProgress } from "../../test/support/progress.ts";
import { image } from "./image.ts";
import { attempt, chart, type Outcome, run } from "./programs.ts";
import { commands, fill } from "./documented.ts";
import { sleepingPod } from "./probe-pods.ts";
import { buildSequence } from "./sequence.ts";
import { namespaceManifest } from "./setup.ts";

const release = "flink";
const client = "client";

/** The chart, installed once in a run as an application with high availability, for all test files one after the other. */
export class Release {
  readonly namespace: string;

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  kubectl(...args: readonly string[]): Promise<string> {
    return run("kubectl", ["--namespace", this.namespace, ...args]);
  }

  tryKubectl(...args: readonly string[]): Promise<Outcome> {
    return attempt("kubectl", ["--namespace", this.namespace, ...args]);
  }

  helm(...args: readonly string[]): Promise<string> {
    return run("helm", ["--namespace", this.namespace, ...args]);
  }

  /** Makes the namespace, the job's jar and the release, unless they are there. */
  async ensure(): Promise<void> {
    if ((await attempt("helm", ["status", release, "--namespace", this.namespace])).exitCode === 0) return;
    await withProgress(`installing the chart into ${this.namespace}`, () => this.#install());
  }

  async #install(): Promise<void> {
    using folder = temporaryFolder();
    const jar = readFileSync(await buildSequence(folder.path)).toString("base64");
    const configMap = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "job" },
      binaryData: { "job.jar": jar },
    };
    const [makeNamespace = "", ...rest] = commands("From nothing to a secured cluster");
    await this.#follow([makeNamespace], folder);
    await run("kubectl", ["apply", "--namespace", this.namespace, "--filename=-"], JSON.stringify(configMap));
    await this.#follow(rest, folder);
    await this.startClient(1);
  }

  /**
   * Runs the commands under a heading of docs/kubernetes.md, or one of them by its index, but in this namespace. Returns what
   * the last one has said.
   */
  async follow(heading: string, values: Readonly<Record<string, string>> = {}, index?: number): Promise<string> {
    const lines = commands(heading).filter((_, line) => index === undefined || line === index);
    if (lines.length === 0) throw new Error(`docs/kubernetes.md has no command ${index} under ${heading}`);
    using folder = temporaryFolder();
    return await this.#follow(lines, folder, values);
  }

  async #follow(
    lines: readonly string[],
    folder: TemporaryFolder,
    values: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    writeFileSync(folder.at("my-values.yaml"), JSON.stringify(await releaseValues()));
    writeFileSync(folder.at("namespace.yaml"), namespaceManifest(this.namespace));
    const files: Readonly<Record<string, string>> = {
      "deploy/chart": chart,
      "deploy/namespace.yaml": folder.at("namespace.yaml"),
      "my-values.yaml": folder.at("my-values.yaml"),
    };
    let said = "";
    for (const line of lines) {
      const [program = "", ...args] = fill(line, this.namespace, values).map((word) => files[word] ?? word);
      said = await run(program, args);
    }
    return said;
  }

  /** Makes the pod that asks the REST API, with the chart's certificate of that generation. */
  async startClient(generation: number): Promise<void> {
    await this.kubectl("delete", "pod", client, "--ignore-not-found");
    const labels = { "flink-rest-client": "true" };
    await this.start(client, await sleepingPod(client, labels, { secretName: `flink-rest-tls-${generation}` }));
  }

  /** Makes a pod, and waits until it is ready. */
  async start(name: string, pod: string): Promise<void> {
    await run("kubectl", ["apply", "--namespace", this.namespace, "--filename=-"], pod);
    await this.kubectl("wait", "--for=condition=Ready", `pod/${name}`, "--timeout=180s");
  }

  /** The newest complete checkpoint on the volume of a release that is gone. */
  async newestCheckpoint(): Promise<string> {
    await this.kubectl(
      "wait",
      "--for=delete",
      "pod",
      "--selector=app.kubernetes.io/component in (jobmanager,taskmanager)",
      "--timeout=180s",
    );
    await this.start("volume", await sleepingPod("volume", {}, { claimName: "flink-state" }));
    const newest = "ls -t /state/checkpoints/*/chk-*/_metadata | head -n 1";
    const { stdout } = await this.exec("volume", "sh", "-c", newest);
    await this.kubectl("delete", "pod", "volume");
    return stdout.replace(/^\/state\/(.*)\/_metadata$/, "file:/flink/state/$1");
  }

  async rolledOut(): Promise<void> {
    for (const workload of ["deployment/flink-jobmanager", "statefulset/flink-taskmanager"]) {
      await this.kubectl("rollout", "status", workload, "--timeout=600s");
    }
  }

  /** Runs a program in a pod. */
  exec(pod: string, ...command: readonly string[]): Promise<Outcome> {
    return this.tryKubectl("exec", pod, "--", ...command);
  }

  /** Asks the REST API from a pod that may, with the certificate that it trusts. Throws when it does not answer 2xx. */
  async rest<T>(path: string, ...options: readonly string[]): Promise<T> {
    const certificate = ["--cert", "/certs/tls.crt", "--key", "/certs/tls.key", "--cacert", "/certs/ca.crt"];
    const url = `https://flink-rest:8081${path}`;
    const asked = await this.exec(client, "curl", "-sS", "--fail", "-m", "20", ...certificate, ...options, url);
    if (asked.exitCode !== 0) throw new Error(`${url}: ${asked.stderr}`);
    return JSON.parse(asked.stdout) as T;
  }
}

/** The chart's defaults, but for what is small, quick, or this cluster's own. */
async function releaseValues(): Promise<object> {
  const [repository = "", tag = ""] = (await image()).split(/:(?=[^:/]+$)/);
  const { SLUICE_STORAGE_CLASS: storageClassName = "" } = process.env;
  const size = { cpu: { request: "100m", limit: "2" }, ephemeralStorage: "512Mi" };
  return {
    image: { repository, tag },
    mode: "application",
    job: { className: "Sequence", args: ["/flink/state/output", "20"], parallelism: 4 },
    jobManager: { ...size, memory: "1100Mi", unreachableSeconds: 30 },
    taskManager: { ...size, memory: "1200Mi" },
    state: { checkpointInterval: "5s" },
    storage: {
      claim: {
        size: "1Gi",

        storageClassName,
        accessMode: storageClassName ? "ReadWriteMany" : "ReadWriteOnce",
      },
    },
    highAvailability: { enabled: true },
    networkPolicy: { apiServer: { to: (await apiServerAddresses()).map((ip) => ({ ipBlock: { cidr: `${ip}/32` } })) } },
    rbac: { people: { viewers: [account("viewer")], operators: [account("operator")], admins: [account("admin")] } },
    pods: {
      volumes: [{ name: "job", configMap: { name: "job" } }],
      volumeMounts: [{ name: "job", mountPath: "/opt/flink/usrlib", readOnly: true }],
    },
    flinkConfiguration: {
      // A busy machine may take longer than Flink's ten seconds.
      "pekko.startup-timeout": "90s",
      "heartbeat.interval": "3s",
      "heartbeat.timeout": "15s",
      "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling": "2s",
      "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout": "2s",
    },
  };
}

const account = (name: string) => ({ kind: "ServiceAccount", name });

async function apiServerAddresses(): Promise<readonly string[]> {
  const query = ["get", "endpoints", "kubernetes", "--namespace=default"];
  return (await run("kubectl", [...query, "--output=jsonpath={.subsets[*].addresses[*].ip}"])).split(" ");
}
