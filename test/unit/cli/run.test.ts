import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { runSluice } from "../../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

function environment(folder: TemporaryFolder, more: Readonly<Record<string, string>> = {}) {
  return { PATH: "/usr/bin:/bin", FLINK_HOME: folder.at("flink"), SLUICE_RUN_DIR: folder.at("run"), ...more };
}

describe("sluice run", () => {
  it("becomes the command, with the configuration prepared and the secrets out of the environment", async () => {
    using folder = temporaryFolder();
    const env = environment(folder, { FLINK_PROPERTIES: "s3.secret-key: planted", HOME: "/home/me" });
    const { exitCode, stdout, stderr } = await runSluice(["run", "env"], { env });
    expect(exitCode).toBe(0);
    expect(stdout.split("\n")).toEqual(
      expect.arrayContaining([
        `FLINK_CONF_DIR=${folder.at("run", "client", "conf")}`,
        `PATH=${folder.at("flink", "bin")}:/usr/bin:/bin`,
        "HOME=/home/me",
      ]),
    );
    expect(stdout).not.toContain("FLINK_PROPERTIES");
    expect(`${stdout}${stderr}`).not.toContain("planted");
    expect(stderr).toContain(`sluice: wrote ${folder.at("run", "client", "conf", "config.yaml")}\n`);
    expect(readFileSync(folder.at("run", "client", "conf", "config.yaml"), "utf8")).toContain("s3.secret-key: planted");
    expect(statSync(folder.at("run", "client", "conf", "config.yaml")).mode & 0o7777).toBe(0o600);
  });

  it("ends as the command ends", async () => {
    using folder = temporaryFolder();
    const { exitCode } = await runSluice(["run", "sh", "-c", "exit 7"], { env: environment(folder) });
    expect(exitCode).toBe(7);
  });

  it("passes arguments through, even those that look like its own", async () => {
    using folder = temporaryFolder();
    const args = ["--dry-run", "--help", "", "a  b", "$HOME", "*"];
    const { stdout } = await runSluice(["run", "printf", "<%s>", ...args], { env: environment(folder) });
    expect(stdout).toBe("<--dry-run><--help><><a  b><$HOME><*>");
  });

  it.each([
    ["says nothing that is not wrong", "error", ""],
    ["says what it does", "info", "starting true"],
  ])("%s, at the level %s", async (_what, level, said) => {
    using folder = temporaryFolder();
    const { stderr } = await runSluice(["run", "true"], { env: environment(folder, { SLUICE_LOG_LEVEL: level }) });
    expect(stderr === "" ? "" : stderr).toContain(said);
    expect(stderr === "").toBe(said === "");
  });

  it.each([
    [["run", "no-such-command"], 127, "no-such-command: no such command on PATH"],
    [["run", "/etc/passwd"], 126, "/etc/passwd: not an executable file"],
    [["run"], 64, "run needs a command"],
    [["jobmanager"], 64, 'there is no command "jobmanager"'],
  ])("%j ends with %i and leaves nothing", async (args, code, message) => {
    using folder = temporaryFolder();
    const { exitCode, stdout, stderr } = await runSluice(args, { env: environment(folder) });
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: "" });
    expect(stderr).toContain(`sluice: error: ${message}\nsluice: hint: `);
    expect(existsSync(folder.at("run"))).toBe(false);
  });

  it("refuses a run dir that others may enter, and writes nothing", async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("run"), { mode: 0o777 });
    const { exitCode, stderr } = await runSluice(["run", "true"], { env: environment(folder) });
    expect(exitCode).toBe(73);
    expect(stderr).toContain("others may enter it");
    expect(existsSync(folder.at("run", "client", "conf"))).toBe(false);
  });

  it("refuses a secret that the mounted file's format cannot say, and leaves nothing", async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("flink", "lib"), { recursive: true });
    mkdirSync(folder.at("flink", "conf"));
    writeFileSync(folder.at("flink", "lib", "flink-dist-1.20.5.jar"), "");
    writeFileSync(folder.at("flink", "conf", "flink-conf.yaml"), "rest.port: 8082\n");
    const env = environment(folder, { FLINK_PROPERTIES: "s3.secret-key: ${KEY_SECRET}", KEY_SECRET: "planted #1" });
    const { exitCode, stderr } = await runSluice(["run", "true"], { env });
    expect(exitCode).toBe(78);
    expect(stderr).toContain("error: the value of s3.secret-key has a #, which flink-conf.yaml cannot say");
    expect(stderr).toContain("[flink-conf/unwritable]");
    expect(stderr).not.toContain("planted");
    expect(existsSync(folder.at("run"))).toBe(false);
  });

  it("takes the place of docker-entrypoint.sh under that name", () => {
    using folder = temporaryFolder();
    const entrypoint = folder.at("docker-entrypoint.sh");
    symlinkSync(join(import.meta.dirname, "../../../src/main.ts"), entrypoint);
    const env = environment(folder);
    expect(execFileSync(process.execPath, [entrypoint, "echo", "plan"], { env, encoding: "utf8", stdio: "pipe" })).toBe(
      "plan\n",
    );
  });
});

describe("sluice plan", () => {
  it("prints and touches nothing", async () => {
    using folder = temporaryFolder();
    const { exitCode, stdout, stderr } = await runSluice(["plan", "jobmanager"], { env: environment(folder) });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^jobmanager: Flink [\d.]+ \(not checked\) in /);
    expect(existsSync(folder.at("run"))).toBe(false);
  });

  it("prints JSON for what is wrong too", async () => {
    using folder = temporaryFolder();
    const env = environment(folder, { TASK_MANAGER_NUMBER_OF_TASK_SLOTS: "many" });
    const { exitCode, stdout, stderr } = await runSluice(["plan", "--output", "json", "jobmanager"], { env });
    expect(exitCode).toBe(78);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [{ code: "settings/bad-value" }] });
    expect(stderr).toContain("1 error; nothing was written");
  });

  it("reads all mounts below --root", async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("opt", "flink", "conf"), { recursive: true });
    writeFileSync(folder.at("opt", "flink", "conf", "config.yaml"), "rest.port: 8099\n");
    const args = ["plan", "--root", folder.path, "--flink-version", "2.2.1", "jobmanager"];
    const { stdout } = await runSluice(args, { env: { PATH: "/usr/bin" } });
    expect(stdout).toContain("jobmanager: Flink 2.2.1 (not checked) in /opt/flink");
    expect(stdout).toContain("rest.port: 8099");
  });
});

describe("what needs no Flink", () => {
  it.each([
    [["version"], /^sluice \d+\.\d+\.\d+\n$/],
    [["help"], /sluice plan COMMAND/],
    [["help", "certs"], /sluice certs \(--out DIR/],
    [["help", "constructor"], /sluice plan COMMAND/],
    [[], /sluice plan COMMAND/],
    [["env"], /FLINK_PROPERTIES, FLINK_PROPERTIES_FILE/],
  ])("%j", async (args, printed) => {
    const { exitCode, stdout, stderr } = await runSluice(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(printed);
  });
});
