import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { hardeningOptions } from "./rows.ts";
import {
  containerName,
  engine,
  hasEngine,
  imageOf,
  labelled,
  runOnce,
  skipWithoutEngine,
  variables,
  versions,
} from "./suite.ts";
import { askUntil } from "../../testkit/eventually.ts";

skipWithoutEngine();

const properties = `
env.java.opts.all: -Da=1 -Db=2 -XX:TieredStopAtLevel=1
custom.dollar: pa$$w0rd#x
custom.star: *
# comment: x
metrics.reporter.prom.port: 9249
`;
/** A trailing space in quotes, of which Flink's own bin/flink dies. */
const mounted = `
jobmanager.memory.process.size: 1000m
jobmanager.bind-host: 0.0.0.0
rest.bind-address: 0.0.0.0
rest.address: localhost
blob.server.port: 6200
env:
  java:
    opts:
      client: '-Dc=3 '
metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
`;

describe.each(versions)(
  "Flink %s with a conf dir that is mounted read-only, without a shell, as any user",
  (version) => {
    const name = `conf-${version.replaceAll(".", "-")}`;
    let folder: TemporaryFolder;
    let conf: readonly string[] = [];
    let configuration: ReadonlyMap<string, string> = new Map();
    let metrics = "";
    let facts: readonly string[] = [];
    let log = "";

    const exec = (...command: readonly string[]) => engine.try(["exec", containerName(name), ...command]);

    beforeAll(async () => {
      if (!hasEngine) return;
      folder = temporaryFolder();
      mkdirSync(folder.at("conf"));
      writeFileSync(folder.at("conf", "config.yaml"), mounted);
      const log4j = await engine.run([
        "run",
        "--rm",
        "--network=none",
        imageOf(version),
        "cat",
        "/opt/flink/conf/log4j-console.properties",
      ]);
      writeFileSync(folder.at("conf", "log4j-console.properties"), log4j);
      conf = ["--security-opt=label=disable", `--volume=${folder.at("conf")}:/opt/flink/conf:ro`];
      const env = { FLINK_PROPERTIES: properties, ENABLE_BUILT_IN_PLUGINS: `flink-python-${version}.jar` };
      await engine.run([
        "run",
        "--detach",
        ...labelled(name),
        "--network=none",
        "--hostname=localhost",
        "--user=54321:0",
        ...hardeningOptions("read-only", engine.name),
        "--volume=/dev/null:/usr/bin/dash:ro",
        "--volume=/dev/null:/usr/bin/bash:ro",
        ...conf,
        ...variables(env),
        imageOf(version),
        "jobmanager",
      ]);
      configuration = await effectiveConfiguration();
      metrics = (await exec("curl", "-sS", "-m", "10", "http://localhost:9249/metrics")).stdout;
      facts = (await exec("cat", "/proc/1/cmdline")).stdout.split("\0");
      log = (await engine.try(["logs", containerName(name)])).stdout;
    });
    afterAll(async () => {
      await engine.try(["rm", "--force", "--time=0", containerName(name)]);
      folder?.[Symbol.dispose]();
    });

    /** What the JobManager itself says that it runs with. Throws with its log when it does not answer in two minutes. */
    async function effectiveConfiguration(): Promise<ReadonlyMap<string, string>> {
      const { exitCode, stdout } = await askUntil(
        () => exec("curl", "-sSf", "-m", "10", "http://localhost:8081/jobmanager/config"),
        (answer) => answer.exitCode === 0,
      );
      if (exitCode !== 0) throw new Error((await engine.try(["logs", containerName(name)])).stdout.slice(-3000));
      const entries = JSON.parse(stdout) as readonly { readonly key: string; readonly value: string }[];
      return new Map(entries.map(({ key, value }) => [key, value]));
    }

    it("has what is mounted and what FLINK_PROPERTIES says, in the JobManager's own words", () => {
      const expected = {
        "custom.dollar": "pa$$w0rd#x",
        "custom.star": "*",
        "env.java.opts.all": "-Da=1 -Db=2 -XX:TieredStopAtLevel=1",
        "blob.server.port": "6200",
        "query.server.port": "6125",
        "jobmanager.rpc.address": "localhost",
      };
      expect(Object.fromEntries(Object.keys(expected).map((key) => [key, configuration.get(key)]))).toEqual(expected);
      expect([...configuration.keys()].filter((key) => key.includes("comment"))).toEqual([]);
    });

    it("passes JVM options one by one, and no value of the configuration as an argument", () => {
      expect(facts).toEqual(expect.arrayContaining(["-Da=1", "-Db=2"]));
      expect(facts.filter((argument) => argument.includes("w0rd"))).toEqual([]);
    });

    it("loads plugins from the run dir, where the image's and the enabled ones are linked", () => {
      expect(metrics).toContain("flink_jobmanager_taskSlotsTotal");
    });

    it("logs to the console in the mounted format", () => {
      expect(log).toMatch(/INFO {2}org\.apache\.flink/);
    });

    it("runs Flink's client with the same configuration, where its own script dies of a trailing space", async () => {
      const { exitCode, stdout, stderr } = await runOnce(version, ["flink", "--version"], conf);
      expect(exitCode, stderr).toBe(0);
      expect(stdout).toContain(`Version: ${version}`);
    });

    it("starts from another FLINK_CONF_DIR too", async () => {
      const mount = `--volume=${folder.at("conf")}:/etc/flink:ro`;
      const options = ["--security-opt=label=disable", mount, "--env=FLINK_CONF_DIR=/etc/flink"];
      const { stdout } = await runOnce(version, ["sh", "-c", 'cat "$FLINK_CONF_DIR/config.yaml"'], options);
      expect(stdout).toContain("blob.server.port: 6200");
    });
  },
);

describe.each(versions)("Flink %s with a mounted configuration that is broken", (version) => {
  it("does not start, and leaves the file alone", async () => {
    using folder = temporaryFolder();
    const text = "rest.port: 8081\nrest.port: 8082\n";
    writeFileSync(folder.at("config.yaml"), text);
    const mount = `--volume=${folder.at("config.yaml")}:/opt/flink/conf/config.yaml`;
    const options = ["--security-opt=label=disable", mount];
    const { exitCode, stderr } = await runOnce(version, ["jobmanager"], options);
    expect(exitCode).toBe(78);
    expect(stderr).toContain("/opt/flink/conf/config.yaml: line 2: rest.port is in line 1 already");
    const { stdout } = await engine.try([
      "run",
      "--rm",
      "--network=none",
      ...options,
      "--entrypoint=cat",
      imageOf(version),
      "/opt/flink/conf/config.yaml",
    ]);
    expect(`${stdout}\n`).toBe(text);
  });
});
