import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { runSluice } from "../../test/support/run-sluice.ts";
import type { TemporaryFolder } from "../../testkit/temporary-folder.ts";
import { commands, fill } from "./documented.ts";
import { image } from "./image.ts";
import { eventually } from "../../testkit/eventually.ts";
import { run } from "./programs.ts";
import { apiServerAddresses } from "./release-values.ts";
import { namespaceManifest } from "./setup.ts";
import { restCertificate } from "../../test/support/rest-certificate.ts";

/** What stands in a command or a file, and what takes its place. */
export type Replaced = Readonly<Record<string, string>>;

const native = new URL("../native", import.meta.url).pathname;
const small = [
  "-Dkubernetes.jobmanager.cpu.amount=0.2",
  "-Dkubernetes.jobmanager.cpu.limit-factor=10",
  "-Dkubernetes.taskmanager.cpu.amount=0.2",
  "-Dkubernetes.taskmanager.cpu.limit-factor=10",
  "-Djobmanager.memory.process.size=1100m",
  "-Dtaskmanager.memory.process.size=1200m",
  "-Dtaskmanager.numberOfTaskSlots=2",
  // A busy machine may take longer than Flink's ten seconds.
  "-Dpekko.ask.timeout=60s",
  "-Dpekko.startup-timeout=90s",
];

/** Flink's own programs in a namespace, by the commands of docs/kubernetes.md. What they make is small. */
export class NativeClient {
  readonly namespace: string;
  readonly #folder: TemporaryFolder;
  readonly #image: string;

  /** The folder is for the files that commands read, the image for Flink's pods. */
  constructor(namespace: string, folder: TemporaryFolder, podsImage: string) {
    this.namespace = namespace;
    this.#folder = folder;
    this.#image = podsImage;
    mkdirSync(folder.at("deploy"));
    cpSync(native, folder.at("deploy/native"), { recursive: true });
    writeFileSync(folder.at("deploy/namespace.yaml"), namespaceManifest(namespace));
  }

  kubectl(...args: readonly string[]): Promise<string> {
    return run("kubectl", ["--namespace", this.namespace, ...args]);
  }

  /** Changes a file of deploy/native, before a command reads it. */
  change(name: string, replaced: Replaced): void {
    const path = this.#folder.at("deploy/native", name);
    writeFileSync(path, replace(readFileSync(path, "utf8"), replaced));
  }

  /** Makes the namespace and what is in it, up to the client's pod. */
  async prepare(): Promise<void> {
    const [apiServer = ""] = await apiServerAddresses();
    this.change("network.yaml", { "192.0.2.10/32": `${apiServer}/32` });
    this.change("client.yaml", { "flink-sluice:2.3.0": await image() });
    const heading = "In native mode";
    const last = commands(heading).findIndex((line) => line.endsWith(" pod/flink-client"));
    for (let index = 0; index <= last; index += 1) await this.follow(heading, index);
  }

  /** Runs one of the commands under a heading of docs/kubernetes.md, and returns what it has said. */
  async follow(heading: string, index: number, replaced: Replaced = {}): Promise<string> {
    const line = commands(heading)[index];
    if (line === undefined) throw new Error(`docs/kubernetes.md has no command ${index} under ${heading}`);
    const here = replace(line, { ...replaced, "deploy/": this.#folder.at("deploy/") });
    const imaged = here.replace(/(-Dkubernetes\.container\.image\.ref=)\S+/, `$1${this.#image} ${small.join(" ")}`);
    let said = "";
    for (const command of imaged.split(" | ")) {
      const [program = "", ...args] = fill(command, this.namespace, {});
      said = program === "sluice" ? await sluice(args) : await run(program, args, said);
    }
    return said;
  }

  /** Asks the REST API from the client's pod, with the certificate that it trusts. */
  async rest<T>(path: string): Promise<T> {
    const curl = ["curl", "-sS", "--fail", "-m", "20", ...restCertificate, `https://flink-rest:8081${path}`];
    return JSON.parse(await this.kubectl("exec", "flink-client", "--", ...curl)) as T;
  }

  /** The names of Flink's pods, JobManagers or TaskManagers. */
  async pods(component: "jobmanager" | "taskmanager"): Promise<readonly string[]> {
    const names = await this.kubectl("get", "pods", `--selector=app=flink,component=${component}`, "--output=name");
    return names.split("\n").filter((name) => name !== "");
  }

  /** What stands for a password in the ConfigMap that Flink makes: that of the REST side's stores. */
  async password(): Promise<string> {
    const found = await this.kubectl("get", "secret", "flink-rest-tls", "--output=jsonpath={.data.password}");
    return Buffer.from(found, "base64").toString();
  }

  /** The arguments of all processes of a pod, as soon as there is one of that class. */
  arguments(pod: string, className: string): Promise<string> {
    return eventually(async () => {
      const all = await this.kubectl("exec", pod, "--", "sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
      if (!all.includes(className)) throw new Error(`no ${className} runs in ${pod}: ${all}`);
      return all;
    });
  }
}

async function sluice(args: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await runSluice(args);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

function replace(text: string, replaced: Replaced): string {
  return Object.entries(replaced).reduce((result, [from, to]) => result.replaceAll(from, to), text);
}
