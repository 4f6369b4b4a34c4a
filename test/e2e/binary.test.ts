import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBinary } from "../../scripts/build-binary.ts";
import { bundleEntry } from "../../scripts/bundle.ts";
import { flinkHome } from "../support/flink-home.ts";
import { runSluice } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { canBecomeAnother, unknownUser } from "../../testkit/user.ts";

describe("the single executable", () => {
  let folder: TemporaryFolder;
  let binary: string;
  let remarks: readonly string[];
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = temporaryFolder();
    binary = folder.at("sluice");
    remarks = await buildBinary(binary, process.arch);
    env = { FLINK_HOME: await flinkHome("2.3.0"), SLUICE_RUN_DIR: folder.at("run") };
  });
  afterAll(() => folder[Symbol.dispose]());

  function run(args: readonly string[], more: Record<string, string> = {}, program = binary) {
    const { PATH = "", JAVA_HOME } = process.env;
    const all = { PATH, ...(JAVA_HOME && { JAVA_HOME }), ...env, ...more };
    return execa(program, args, {
      env: all,
      extendEnv: false,
      reject: false,
      cwd: folder.path,
      stripFinalNewline: false,
    });
  }

  it("is Node without its symbols, and 14 MB for what is loaded at start", () => {
    // Node 26 is 150 MB, stripped 116 MB; an empty snapshot has 7 MB, ours 3 MB more.
    expect(statSync(binary).size).toBeLessThan(remarks.includes("stripped") ? 130e6 : 164e6);
  });

  it("has a bundle of which V8 parses each byte at each start without a snapshot", async () => {
    const bundle = folder.at("sluice.cjs");
    await bundleEntry("main.ts", bundle);
    // 162 kB of it are the YAML parser.
    expect(statSync(bundle).size).toBeLessThan(850_000);
  });

  it.each(["version", "env", "help", "no-such-command"])("says the same as the source: %s", async (command) => {
    const { exitCode, stdout, stderr } = await run([command]);
    const source = await runSluice([command], { env });
    expect({ exitCode, stdout, stderr }).toEqual(source);
  });

  it("leaves no signal blocked for what it becomes", async () => {
    const { stdout } = await run(["run", "cat", "/proc/self/status"]);
    expect(/^SigBlk:\t(\w+)$/m.exec(stdout)?.[1]).toBe("0".repeat(16));
  });

  it.each(["rsa", "ec"])("plans TLS as the source does, with %s certificates", async (key) => {
    const certificates = folder.at(key);
    expect(await run(["certs", "--out", certificates, "--key", key])).toMatchObject({ exitCode: 0 });
    const tls = { ...env, FLINK_SSL_INTERNAL_ENABLED: "true", FLINK_SSL_INTERNAL_DIR: certificates };
    const command = ["plan", "--output", "json", "jobmanager", "-D", "parallelism.default=2"];
    const plan = await run(command, tls);
    const source = await runSluice(command, { env: tls });
    expect(plan.exitCode, plan.stderr).toBe(0);
    expect(JSON.parse(plan.stdout)).toEqual(JSON.parse(source.stdout));
    expect(plan.stdout).toContain("/tls-internal/keystore.p12");
  });

  it("becomes the command: same process id, its exit code", async () => {
    const process = run(["run", "sh", "-c", "echo $$; exit 7"]);
    const { pid } = process;
    expect(await process).toMatchObject({ exitCode: 7, stdout: `${pid}\n` });
  });

  it("is the official entrypoint under its name", async () => {
    const entrypoint = folder.at("docker-entrypoint.sh");
    symlinkSync(binary, entrypoint);
    expect(await run(["sh", "-c", "exit 3"], {}, entrypoint)).toMatchObject({ exitCode: 3 });
    const onPath = { PATH: `${folder.path}:${process.env["PATH"] ?? ""}` };
    expect(await run(["version"], onPath, "docker-entrypoint.sh")).toMatchObject({ exitCode: 127 });
  });

  it("leaves stdout and stderr blocking", async (context) => {
    if (process.platform !== "linux") context.skip("there is no /proc on this system");
    const { stdout } = await run(["run", "cat", "/proc/self/fdinfo/1", "/proc/self/fdinfo/2"]);
    const flags = [...stdout.matchAll(/^flags:\s*(\d+)$/gm)].map(([, octal = ""]) => Number.parseInt(octal, 8));
    expect(flags.map((all) => all & 0o4000)).toEqual([0, 0]);
  });

  it("takes nothing from NODE_OPTIONS, and hands it on", async () => {
    writeFileSync(folder.at("planted.cjs"), `process.stderr.write("planted");`);
    const NODE_OPTIONS = `--require ${folder.at("planted.cjs")}`;
    const { stdout, stderr } = await run(["run", "sh", "-c", "echo $NODE_OPTIONS"], { NODE_OPTIONS });
    expect(stdout).toBe(`${NODE_OPTIONS}\n`);
    expect(stderr).not.toMatch(/planted(?!\.cjs)/);
    expect((await run(["version"], { NODE_OPTIONS: "--no-such-option" })).exitCode).toBe(0);
  });

  it("has another seed, another password and another clock each time", async () => {
    const run1 = {
      SLUICE_RUN_DIR: folder.at("run-1"),
      FLINK_SSL_INTERNAL_ENABLED: "true",
      FLINK_SSL_INTERNAL_DIR: folder.at("c1"),
    };
    const run2 = { ...run1, SLUICE_RUN_DIR: folder.at("run-2") };
    await run(["certs", "--out", folder.at("c1"), "--key", "ec"]);
    // An X.509 time has whole seconds.
    await sleep(1100);
    await run(["certs", "--out", folder.at("c2"), "--key", "ec"]);
    await run(["run", "true"], run1);
    await run(["run", "true"], run2);
    for (const [one, other] of [
      ["run-1/seed", "run-2/seed"],
      ["c1/password", "c2/password"],
    ] as const) {
      expect(readFileSync(folder.at(one))).not.toEqual(readFileSync(folder.at(other)));
    }
    const [first, second] = ["c1", "c2"].map((name) => new X509Certificate(readFileSync(folder.at(name, "tls.crt"))));
    expect(second?.validFromDate.getTime()).toBeGreaterThan(first?.validFromDate.getTime() ?? Number.NaN);
  });

  it("connects, by name and by TLS, when it is told to check", async () => {
    const certificates = folder.at("server");
    await run(["certs", "--out", certificates, "--key", "ec", "--san", "localhost"]);
    const files = ["tls.key", "tls.crt"].map((name) => readFileSync(join(certificates, name)));
    const server = createServer({ key: files[0], cert: files[1] }, (socket) => socket.end());
    server.on("tlsClientError", () => {});
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const all = { KERBEROS_ENABLED: "true", KERBEROS_REALM: "CORP", KERBEROS_KDC: "localhost:1" };
    const { exitCode, stdout, stderr } = await run(["check", "true"], {
      ...all,
      ELASTICSEARCH_HOSTS: `https://localhost:${port}`,
    });
    await once(server.close(), "close");
    expect(stdout).toContain("localhost:1: the connection is refused");
    expect(stdout).toContain("nothing that is trusted has issued CN=flink.internal");
    expect({ exitCode, stderr }).toEqual({ exitCode: 78, stderr: "" });
    const refused = await run(["run", "true"], { SLUICE_PREFLIGHT: "network", KAFKA_BOOTSTRAP_SERVERS: "localhost:1" });
    expect(refused).toMatchObject({ exitCode: 69, stdout: "" });
    expect(refused.stderr).toContain("[broker/refused]");
  });

  it("asks who runs it", async (context) => {
    if (!canBecomeAnother()) context.skip("only root can start a process as another user");
    const { FLINK_HOME = "" } = env;
    const { stdout } = await execa(binary, ["plan", "true"], { ...unknownUser, env: { FLINK_HOME }, extendEnv: false });
    expect(stdout).toContain(`files in /tmp/sluice-${unknownUser.uid}/client\n`);
  });

  it("is the same without a snapshot, as for another processor", async () => {
    const other = folder.at("without-snapshot");
    await buildBinary(other, process.arch, false);
    const entrypoint = folder.at("other", "docker-entrypoint.sh");
    mkdirSync(folder.at("other"));
    symlinkSync(other, entrypoint);
    expect(await run(["version"], {}, other)).toMatchObject({ stdout: (await run(["version"])).stdout });
    expect(await run(["sh", "-c", "exit 3"], {}, entrypoint)).toMatchObject({ exitCode: 3 });
  });

  it("keeps nothing of the certificates that its build rehearsed with", () => {
    expect(readFileSync(binary).includes("only rehearsed")).toBe(false);
  });
});
