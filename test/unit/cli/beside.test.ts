import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { planAttached } from "../../../src/cli/run/running-configuration.ts";
import { runSluice } from "../../support/run-sluice.ts";
import { writeRecord } from "../../support/running-record.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

beforeEach((context) => {
  if (process.platform !== "linux") context.skip("there is no /proc on this system");
});

describe("planAttached", () => {
  it.each([
    [["flink", "list"]],
    [["sql-client.sh"]],
    [["bash"]],
    [["bash", "-c", "flink list"]],
    [["/opt/flink/bin/flink", "run", "job.jar"]],
    [["jobmanager.sh", "stop"]],
  ])("is for %j", (command) => {
    using folder = temporaryFolder();
    writeRecord(folder.at("run"), "jobmanager");
    expect(planAttached(command, { SLUICE_RUN_DIR: folder.at("run") }, undefined)?.plan.exec.argv).toEqual(command);
  });

  it.each([
    [["jobmanager"]],
    [["taskmanager", "--help"]],
    [["history-server"]],
    [["jobmanager.sh", "start-foreground"]],
    [["/opt/flink/bin/taskmanager.sh", "start-foreground"]],
    [["bash", "-c", "kubernetes-taskmanager.sh -Dx=y"]],
    [["sql-gateway"]],
  ])("is not for %j, which is prepared as ever", (command) => {
    using folder = temporaryFolder();
    writeRecord(folder.at("run"), "jobmanager");
    expect(planAttached(command, { SLUICE_RUN_DIR: folder.at("run") }, undefined)).toBeUndefined();
  });

  it("is not where nothing runs, or nothing any more", () => {
    using folder = temporaryFolder();
    expect(planAttached(["flink"], { SLUICE_RUN_DIR: folder.at("run") }, undefined)).toBeUndefined();
    writeRecord(folder.at("run"), "taskmanager", { startTime: 1 });
    expect(planAttached(["flink"], { SLUICE_RUN_DIR: folder.at("run") }, undefined)).toBeUndefined();
  });

  it("has the environment of the process, and its own PATH behind Flink's", () => {
    using folder = temporaryFolder();
    const set = { FLINK_HOME: "/opt/flink", FLINK_CONF_DIR: "/run/conf", KRB5_CONFIG: "/run/krb5.conf", PATH: "/old" };
    writeRecord(folder.at("run"), "taskmanager", { environment: { set, unset: ["FLINK_PROPERTIES"] } });
    const beside = planAttached(["flink"], { SLUICE_RUN_DIR: folder.at("run"), PATH: "/usr/bin" }, undefined);
    expect(beside?.plan.exec).toEqual({
      path: "flink",
      argv: ["flink"],
      set: { ...set, PATH: "/opt/flink/bin:/usr/bin" },
      unset: ["FLINK_PROPERTIES"],
    });
    expect(beside?.plan.notices[0]?.text).toBe(`using the configuration of taskmanager, process ${process.pid}`);
  });

  it("takes the JobManager's where both have one run dir", () => {
    using folder = temporaryFolder();
    writeRecord(folder.at("run"), "taskmanager");
    writeRecord(folder.at("run"), "jobmanager");
    expect(planAttached(["flink"], { SLUICE_RUN_DIR: folder.at("run") }, undefined)?.plan.notices[0]?.text).toContain(
      "of jobmanager,",
    );
  });

  it("asks which is meant where two JobManagers run, and takes the one that is named", () => {
    using folder = temporaryFolder();
    const environment = { SLUICE_RUN_DIR: folder.at("run") };
    writeRecord(folder.at("run"), "jobmanager");
    writeRecord(folder.at("run"), "jobmanager", {}, { copy: 2 });
    expect(() => planAttached(["flink"], environment, undefined)).toThrow(
      `2 processes run here: jobmanager (process ${process.pid}), jobmanager-2 (process ${process.pid})`,
    );
    const beside = planAttached(["flink"], environment, "jobmanager-2");
    expect(beside?.plan.exec.set["FLINK_CONF_DIR"]).toBe(folder.at("run", "jobmanager-2", "conf"));
    expect(() => planAttached(["flink"], environment, "taskmanager")).toThrow("no such process runs here");
    expect(() => planAttached(["jobmanager"], environment, "jobmanager")).toThrow(
      "jobmanager has its own configuration",
    );
  });

  it("finds the process of version 0.1, whose record and configuration are in the run dir itself", () => {
    using folder = temporaryFolder();
    writeRecord(folder.at("run"), "jobmanager");
    renameSync(folder.at("run", "jobmanager", "start.json"), folder.at("run", "jobmanager.json"));
    const beside = planAttached(["flink"], { SLUICE_RUN_DIR: folder.at("run") }, undefined);
    expect(beside?.plan.notices[0]?.text).toBe(`using the configuration of jobmanager, process ${process.pid}`);
  });
});

describe("a client beside a process", () => {
  /** Installs a Flink and a Java of that version, with a JobManager that was started with them. */
  const install = (folder: TemporaryFolder, java: string) => {
    const [home, javaHome] = [folder.at("flink"), folder.at("java")];
    for (const path of [`${home}/lib`, `${javaHome}/bin`]) mkdirSync(path, { recursive: true });
    writeFileSync(`${home}/lib/flink-dist-2.3.0.jar`, "");
    writeFileSync(`${javaHome}/release`, `JAVA_VERSION="${java}"\n`);
    const conf = folder.at("run", "jobmanager", "conf");
    const set = { FLINK_HOME: home, FLINK_CONF_DIR: conf };
    writeRecord(folder.at("run"), "jobmanager", { environment: { set, unset: [] } });
    mkdirSync(conf);
    writeFileSync(`${conf}/config.yaml`, "env.java.opts.client: -Dcli=1\n");
    return { SLUICE_RUN_DIR: folder.at("run"), JAVA_HOME: javaHome };
  };

  it("is the JVM itself, with the process' configuration", () => {
    using folder = temporaryFolder();
    const exec = planAttached(["flink", "list"], install(folder, "21.0.8"), undefined)?.plan.exec;
    expect(exec?.path).toBe(folder.at("java", "bin", "java"));
    expect(exec?.argv).toEqual(expect.arrayContaining(["-Djava.security.manager=allow", "-Dcli=1"]));
    expect(exec?.argv.slice(-2)).toEqual(["org.apache.flink.client.cli.CliFrontend", "list"]);
  });

  it("is Flink's script if the user wants it", () => {
    using folder = temporaryFolder();
    const environment = { ...install(folder, "21.0.8"), SLUICE_LAUNCH: "scripts" };
    expect(planAttached(["flink", "list"], environment, undefined)?.plan.exec.argv).toEqual(["flink", "list"]);
  });

  it("is refused on Java 25 without Hadoop, where it would end without a word", () => {
    using folder = temporaryFolder();
    const environment = install(folder, "25.0.2");
    expect(() => planAttached(["flink", "list"], environment, undefined)).toThrow("does not start on Java 25");
    const withHadoop = planAttached(["flink", "list"], { ...environment, HADOOP_CLASSPATH: "/hadoop/*" }, undefined);
    expect(withHadoop?.plan.exec.argv).not.toContain("-Djava.security.manager=allow");
  });
});

describe("sluice beside a process", () => {
  const environment = (folder: string) => ({ SLUICE_RUN_DIR: folder, FLINK_PROPERTIES: "s3.secret-key: planted" });

  it("becomes the command, with the secrets out of its environment, and writes nothing", async () => {
    using folder = temporaryFolder();
    const run = folder.at("run");
    const set = { FLINK_HOME: "/opt/flink", FLINK_CONF_DIR: "/run/conf" };
    writeRecord(run, "jobmanager", { environment: { set, unset: ["FLINK_PROPERTIES"] } });
    const { exitCode, stdout, stderr } = await runSluice(["run", "env"], { env: environment(run) });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `sluice: using the configuration of jobmanager, process ${process.pid}\n`,
    });
    expect(stdout).toContain("FLINK_CONF_DIR=/run/conf\n");
    expect(stdout).not.toContain("planted");
  });

  it("plans the same, unless the plan is about somewhere else", async () => {
    using folder = temporaryFolder();
    const run = folder.at("run");
    writeRecord(run, "jobmanager");
    const plan = await runSluice(["plan", "flink", "list"], { env: environment(run) });
    expect(plan.stdout).toContain(`  + FLINK_CONF_DIR=${run}/jobmanager/conf\n`);
    expect(plan.stdout).toContain("Command\n  flink\n    list\n");
    const json = await runSluice(["plan", "--output", "json", "flink", "list"], { env: environment(run) });
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, files: [], exec: { argv: ["flink", "list"] } });
    const elsewhere = await runSluice(["plan", "--root", folder.path, "flink", "list"], { env: environment(run) });
    expect(elsewhere.stdout).toContain("Flink configuration, with who set it");
  });

  it.each([
    [["health"], "name one: sluice health taskmanager"],
    [["health", "jobmanager"], undefined],
  ])("%j ends with 64 only if it cannot know which process is meant", async (args, hint) => {
    using folder = temporaryFolder();
    writeRecord(folder.at("run"), "jobmanager");
    writeRecord(folder.at("run"), "taskmanager");
    const { exitCode, stderr } = await runSluice(args, { env: environment(folder.at("run")) });
    expect(exitCode).toBe(hint === undefined ? 1 : 64);
    expect(stderr).toContain(hint ?? "");
  });
});
