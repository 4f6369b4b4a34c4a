import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FlinkCluster } from "../support/flink-cluster.ts";
import { flinkHome } from "../support/flink-home.ts";
import { flinkVersions } from "../support/flink-versions.ts";
import { portsOfItsOwn, Probing } from "../support/probing.ts";
import { certificateFor, type CertificateFiles, mountedFiles, mountFiles } from "../support/renewed-certificates.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { canBecomeAnother, unknownUser, type User } from "../../testkit/user.ts";

const all = flinkVersions.map((version, index) => ({ version, launch: index === 0 ? "native" : "scripts" }) as const);
const cases = process.env["SLUICE_TEST_FULL"] === "1" ? all : all.slice(0, 1);

const hour = 3600;
const both = ["jobmanager", "taskmanager-1"] as const;

describe.each(cases)("probes of Flink $version, $launch launch", ({ version, launch }) => {
  let folder: TemporaryFolder;
  let cluster: FlinkCluster;
  let user: User | undefined;
  let probing: Probing;

  beforeAll(async () => {
    user = canBecomeAnother() ? unknownUser : undefined;
    folder = temporaryFolder(user);
    const options = { flinkHome: await flinkHome(version), folder: folder.path, taskManagers: 1, user, launch };
    cluster = await FlinkCluster.prepare({ ...options, key: "ec" });
    probing = new Probing(cluster, user, folder.path);
    await cluster.start();
  });
  afterAll(async () => {
    for (const { pid } of cluster?.processes ?? []) sendSignal(pid, "SIGCONT");
    await Promise.all([cluster?.stop(), probing?.stop()]);
    folder?.[Symbol.dispose]();
  });

  const health = (name: string, check: string, env = {}) => probing.health(name, check, env);

  it.each([
    ["jobmanager", "startup", /^0 jobmanager startup: ok: REST answers with 200\n$/],
    ["jobmanager", "liveness", /^0 jobmanager liveness: ok: REST answers with 200\n$/],
    ["jobmanager", "readiness", /^0 jobmanager readiness: ok: REST answers with 200\n$/],
    [
      "taskmanager-1",
      "startup",
      /^0 taskmanager startup: ok: registered at the JobManager localhost as localhost:\d+-/,
    ],
    ["taskmanager-1", "liveness", /^0 taskmanager liveness: ok: process \d+ answers on port \d+\n$/],
    // By the id that the probe above has found.
    [
      "taskmanager-1",
      "readiness",
      /^0 taskmanager readiness: ok: registered at the JobManager localhost as localhost:/,
    ],
  ])("%s: %s is ok", async (name, check, said) => {
    expect(await health(name, check)).toMatch(said);
  });

  it("finds the process that runs without being told its role", async () => {
    const { exitCode, stdout } = await probing.beside("taskmanager-1", ["health", "--timeout=60s"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^taskmanager readiness: ok/) });
  });

  it("knows nothing of a process in another run dir", async () => {
    const SLUICE_RUN_DIR = folder.at("elsewhere");
    const said = `1 jobmanager liveness: failed: sluice has started nothing here: ${SLUICE_RUN_DIR}/`;
    expect(await health("jobmanager", "liveness", { SLUICE_RUN_DIR })).toContain(said);
  });

  it("does not go by a run dir that is another user's", async (context) => {
    if (!canBecomeAnother()) context.skip("only root can make a folder for another user");
    const SLUICE_RUN_DIR = folder.at("foreign");
    cpSync(cluster.environment("jobmanager")["SLUICE_RUN_DIR"] ?? "", SLUICE_RUN_DIR, { recursive: true });
    expect(await health("jobmanager", "liveness", { SLUICE_RUN_DIR })).toMatch(/^1 .* belongs to another user/);
  });

  it("leaves no trace in Flink's log", () => {
    expect(cluster.output()).toContain("Successful registration at resource manager");
    expect(cluster.output()).not.toMatch(/SSLHandshakeException|Unhandled exception|DecoderException/);
  });

  it("finds its TaskManager again when the JobManager does not know the id", async () => {
    const runDir = cluster.environment("taskmanager-1")["SLUICE_RUN_DIR"] ?? "";
    const file = join(runDir, "taskmanager", "taskmanager.id");
    const [process = "", id = ""] = readFileSync(file, "utf8").trimEnd().split(" ");
    expect(id).toMatch(/^localhost:/);
    writeFileSync(file, `${process} of-another-start\n`);
    expect(await health("taskmanager-1", "readiness")).toContain(`registered at the JobManager localhost as ${id}`);
    expect(readFileSync(file, "utf8")).toBe(`${process} ${id}\n`);
  });

  it.each(["jobmanager", "taskmanager-1"])(
    "lets a command beside %s use its configuration, and renders nothing",
    async (name) => {
      const role = name.replace(/-\d+$/, "");
      const conf = join(cluster.environment(name)["SLUICE_RUN_DIR"] ?? "", role, "conf");
      const before = statSync(join(conf, "config.yaml"));
      // Rendered anew, it would have this address.
      const list = await probing.beside(name, ["run", "flink", "list"], { JOB_MANAGER_RPC_ADDRESS: "nowhere.example" });
      expect(list.stdout, list.stderr).toContain("No running jobs.");
      expect(list.stderr).toMatch(new RegExp(`^sluice: using the configuration of ${role}, process \\d+\n`));
      expect(list.exitCode).toBe(0);
      expect(statSync(join(conf, "config.yaml"))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
      const plan = await probing.beside(name, ["plan", "flink", "list"]);
      expect(plan.stdout).toContain(`+ FLINK_CONF_DIR=${conf}\n`);
      expect(plan.stderr).toContain(`using the configuration of ${role}, process`);
    },
  );

  describe("with another internal certificate mounted", () => {
    let original: CertificateFiles;
    const mount = (files: CertificateFiles, ago = 2) => mountFiles(cluster.certificates("internal"), files, ago);
    const newer = () => certificateFor("flink.internal", 0, 90 * 24 * hour);

    beforeAll(() => {
      original = mountedFiles(cluster.certificates("internal"));
    });
    afterAll(() => mount(original));

    it.each(both)("%s: a newer one makes liveness fail, and nothing else", async (name) => {
      mount(newer());
      expect(await health(name, "liveness")).toMatch(/^1 .*tls\.crt has a newer certificate than the one in use;/);
      expect(await health(name, "readiness")).toMatch(/^0 /);
      expect(await health(name, "startup")).toMatch(/^0 /);
    });

    it.each(both)("%s: not before its time has come", async (name) => {
      const spread = { SLUICE_HEALTH_SPREAD: "999999" };
      const files = newer();
      mount(files);
      expect(await health(name, "liveness", spread)).toMatch(/^0 .* newer certificate .*; to be restarted in \d+ s\n$/);
      mount(files, 1_000_000);
      expect(await health(name, "liveness", spread)).toMatch(/^1 .* newer certificate .*; a restart takes it\n$/);
    });

    it.each(both)("%s: an older one does not", async (name) => {
      mount(certificateFor("flink.internal", -30 * 24 * hour, 90 * 24 * hour));
      expect(await health(name, "liveness")).toMatch(/^0 [^;]+\n$/);
    });

    it.each(both)("%s: a newer one with another's key does not, for a restart would fail", async (name) => {
      mount(new Map([...newer(), ["tls.key", newer().get("tls.key") ?? new Uint8Array()]]));
      expect(await health(name, "liveness")).toMatch(
        /^0 .*; a restart would not help: .*tls\.key: the private key does/,
      );
    });

    it.each(both)("%s: half a certificate does not", async (name) => {
      const files = newer();
      mount(new Map([...files, ["tls.crt", (files.get("tls.crt") ?? new Uint8Array()).subarray(0, 400)]]));
      expect(await health(name, "liveness")).toMatch(/^0 .*; a restart would not help: .*tls\.crt: /);
    });

    it.each(both)("%s: the same one does not", async (name) => {
      mount(original);
      expect(await health(name, "liveness")).toMatch(/^0 [^;]+\n$/);
    });
  });

  it("stays alive with an expired certificate as long as nothing valid is mounted, and says so", async () => {
    const name = "jobmanager-3";
    const rest = folder.at("certificates", "short");
    mkdirSync(rest);
    const expires = Date.now() + 30_000;
    mountFiles(rest, certificateFor("flink.rest", -hour, 30), 0);
    const short = { FLINK_SSL_REST_DIR: rest };
    const jobManager = await probing.startJobManager(name, await portsOfItsOwn(), short);
    await sleep(Math.max(0, expires - Date.now()) + 1500);
    expect(await health(name, "liveness", short)).toMatch(/^0 .*tls\.crt expired on .*, and nothing valid is mounted/);
    expect(await health(name, "readiness", short)).toMatch(/^1 .*: CERT_HAS_EXPIRED\n$/);
    mountFiles(rest, certificateFor("flink.rest", -2 * hour, hour), 2);
    expect(await health(name, "liveness", short)).toMatch(/^1 .* than the one in use, which has expired; /);
    await jobManager.stop();
  });

  it.each(both)("%s: is not alive when it is stopped by a signal", async (name) => {
    const { pid = 0 } = cluster.processes[both.indexOf(name)] ?? {};
    sendSignal(pid, "SIGSTOP");
    expect(await health(name, "liveness")).toMatch(new RegExp(`^1 .* process ${pid} is stopped by a signal\n$`));
    sendSignal(pid, "SIGCONT");
    expect(await health(name, "liveness")).toMatch(/^0 /);
  });

  it("is alive and not ready without its JobManager", async () => {
    await cluster.processes[0]?.stop();
    expect(await health("taskmanager-1", "liveness")).toMatch(/^0 .* answers on port/);
    expect(await health("taskmanager-1", "readiness")).toMatch(/^1 .*: ECONNREFUSED\n$/);
    expect(await health("jobmanager", "liveness")).toMatch(/^1 .*jobmanager\/start\.json has ended\n$/);
  });

  it("is ready again when the JobManager is there again, which knows a renewed REST certificate only", async () => {
    mountFiles(cluster.certificates("rest"), certificateFor("flink.rest", 0, hour), 2);
    await probing.startJobManager("jobmanager", {});
    await probing.until(/^0 .* registered at the JobManager localhost as /, "taskmanager-1", "readiness");
    // For no other reason than to ask the JobManager does a TaskManager have a REST certificate.
    expect(await health("taskmanager-1", "liveness")).toMatch(/^0 [^;]+\n$/);
    expect(await health("jobmanager", "liveness")).toMatch(/^0 [^;]+\n$/);
  });

  it("is not alive when it has ended", async () => {
    await cluster.processes[1]?.stop();
    expect(await health("taskmanager-1", "liveness")).toMatch(/^1 .*taskmanager\/start\.json has ended\n$/);
  });
});

function sendSignal(pid: number, name: "SIGSTOP" | "SIGCONT"): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
