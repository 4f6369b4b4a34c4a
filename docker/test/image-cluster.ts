import type { Engine, EngineResult } from "./engine.ts";
import { featureVariables, type Secrets } from "./mounts.ts";
import { effectiveUser, hardeningOptions, type Row, type Start, userOptions } from "./rows.ts";
import { containerName, labelled, variables } from "./suite.ts";
import { restCertificate } from "../../test/support/rest-certificate.ts";
import { askUntil } from "../../testkit/eventually.ts";

/** What both containers have mounted, read-only, by its path in them. */
export interface Mounts {
  readonly secrets: Secrets;
  readonly jar: string;
  readonly text: string;
}

/** What was seen in a container while Flink ran there, and how it ended. */
export interface Seen {
  /** The names of all processes. */
  readonly processes: readonly string[];
  readonly user: string;
  /** The arguments of all processes, and the environment of the first one. */
  readonly argumentsAndEnvironment: string;
  readonly configuration: string;
  /** What is rendered for the clients of jobs, one after the other. */
  readonly clientFiles: string;
  /** The path of Flink's log file. */
  readonly logFile: string;
  /** How many bytes are in it; 0 if it is not there. */
  readonly logFileSize: number;
  readonly log: string;
  readonly inspect: string;
  /** What the image's health check says, asked as the engine does: as the user whom the container was started as. */
  readonly health: string;
  readonly exitCode: number;
}

const properties = `
pekko.startup-timeout: 90 s
jobmanager.memory.process.size: 1000m
taskmanager.memory.process.size: 1000m
env.java.opts.jobmanager: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
env.java.opts.taskmanager: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
execution.shutdown-on-application-finish: false
`;

/** Without the shell that asks, and with nothing but what a shell has of its own before the last line. */
const look = `
for p in /proc/[0-9]*; do
  [ "$p" = "/proc/$$" ] || { read -r name < "$p/comm" && echo "process $name"; }
done
while read -r key value rest; do case "$key" in Uid:|Gid:) echo "$key $value";; esac; done < /proc/1/status
echo ---
cat /proc/[0-9]*/cmdline /proc/1/environ | tr '\\0' '\\n'
`;

/** A JobManager that runs WordCount and a TaskManager, in two containers that share a network with nobody else. */
export class ImageCluster {
  readonly #engine: Engine;
  readonly #image: string;
  readonly #row: Row;
  readonly #mounts: Mounts;
  readonly #names: { readonly jobManager: string; readonly taskManager: string };

  constructor(engine: Engine, image: string, row: Row, mounts: Mounts, name: string) {
    this.#engine = engine;
    this.#image = image;
    this.#row = row;
    this.#mounts = mounts;
    this.#names = { jobManager: `${name}-jobmanager`, taskManager: `${name}-taskmanager` };
  }

  /** Starts both and waits until the job has finished. Throws with what they said when that does not happen in two minutes. */
  async start(): Promise<void> {
    const { jobManager, taskManager } = this.#names;
    const job = ["standalone-job", "--job-classname", "WordCount", "/text", "/tmp/counts"];
    await this.#start(jobManager, this.#row.jobManager, "none", job);
    const network = `container:${containerName(jobManager)}`;
    await this.#start(taskManager, this.#row.taskManager, network, ["taskmanager"]);
    const jobs = await askUntil(
      () => this.rest("/jobs/overview"),
      ({ stdout }) => /"state":"(FINISHED|FAILED)"/.test(stdout),
      120,
      1000,
    );
    if (jobs.stdout.includes('"state":"FINISHED"')) return;
    throw new Error(`no job finished: ${jobs.stdout}${jobs.stderr}\n${await this.lastWords()}`);
  }

  async #start(name: string, start: Start, network: string, command: readonly string[]): Promise<void> {
    const { secrets, jar, text } = this.#mounts;
    const env = {
      JOB_MANAGER_RPC_ADDRESS: "localhost",
      TASK_MANAGER_NUMBER_OF_TASK_SLOTS: "2",
      FLINK_PROPERTIES: properties,
      ...featureVariables(this.#row.feature, secrets),
    };
    const volumes = [`${secrets.folder}:/certs`, `${jar}:/opt/flink/usrlib/word-count.jar`, `${text}:/text`];
    await this.#engine.run([
      "run",
      "--detach",
      ...labelled(name),
      `--network=${network}`,
      `--user=${userOptions[start.user]}`,
      "--security-opt=label=disable",
      ...hardeningOptions(start.hardening, this.#engine.name),
      ...variables(env),
      ...volumes.map((volume) => `--volume=${volume}:ro`),
      this.#image,
      ...command,
    ]);
  }

  /** Asks the JobManager's REST API, from its container and with its certificate. */
  rest(path: string): Promise<EngineResult> {
    const tls = ["TLS", "everything"].includes(this.#row.feature);
    const url = `${tls ? "https" : "http"}://localhost:8081${path}`;
    return this.exec("jobManager", ["curl", "-sS", "-m", "10", ...(tls ? restCertificate : []), url]);
  }

  /** Runs a program in a container as the user whom Flink runs as. */
  exec(role: "jobManager" | "taskManager", command: readonly string[]): Promise<EngineResult> {
    const user = `--user=${effectiveUser(this.#row[role])}`;
    return this.#engine.try(["exec", user, containerName(this.#names[role]), ...command]);
  }

  /** Looks at a running container, and ends it by SIGTERM. */
  async end(role: "jobManager" | "taskManager"): Promise<Seen> {
    const name = containerName(this.#names[role]);
    const [uid = ""] = effectiveUser(this.#row[role]).split(":");
    const [facts = "", ...rest] = (await this.exec(role, ["sh", "-c", look])).stdout.split("---\n");
    const configuration = await this.exec(role, ["cat", `/tmp/sluice-${uid}/${role.toLowerCase()}/conf/config.yaml`]);
    const clients = `cat $(find /tmp/sluice-${uid} -type f -name '*-client.properties' -o -name krb5.conf)`;
    const clientFiles = this.#row.feature === "everything" ? await this.exec(role, ["sh", "-c", clients]) : undefined;
    const [, logFile = ""] = /^-Dlog\.file=(.+)$/m.exec(rest.join("")) ?? [];
    const size = await this.exec(role, ["stat", "--format=%s", logFile]);
    const inspect = await this.#engine.run(["inspect", name]);
    const health = await this.#engine.try(["exec", name, "sluice", "health", "--timeout", "20s"]);
    await this.#engine.run(["kill", "--signal=TERM", name]);
    const exitCode = Number(await this.#engine.run(["wait", name]));
    return {
      processes: [...facts.matchAll(/^process (.+)$/gm)].map(([, process = ""]) => process),
      user: ["Uid", "Gid"].map((id) => new RegExp(`^${id}: (\\d+)`, "m").exec(facts)?.[1]).join(":"),
      argumentsAndEnvironment: rest.join(""),
      configuration: configuration.stdout,
      clientFiles: clientFiles?.stdout ?? "",
      logFile,
      logFileSize: Number(size.stdout),
      log: await this.#log(name),
      inspect,
      health: `${health.exitCode} ${health.stdout}${health.stderr}`,
      exitCode,
    };
  }

  async #log(name: string): Promise<string> {
    const { stdout, stderr } = await this.#engine.try(["logs", name]);
    return `${stdout}\n${stderr}`;
  }

  async lastWords(): Promise<string> {
    const logs = await Promise.all(Object.values(this.#names).map((name) => this.#log(containerName(name))));
    return logs.map((log) => log.split("\n").slice(-25).join("\n")).join("\n\n");
  }

  /** Takes both containers away, whatever they are doing; the TaskManager first, which lives in the other one's network. */
  async remove(): Promise<void> {
    for (const name of [this.#names.taskManager, this.#names.jobManager]) {
      await this.#engine.try(["rm", "--force", "--time=0", containerName(name)]);
    }
  }
}
