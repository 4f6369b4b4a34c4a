import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { effectiveKeys } from "./effective-keys.ts";
import { engine, hasEngine, imageOf, runOnce, skipWithoutEngine, variables, versions } from "./suite.ts";

skipWithoutEngine();

const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
const jemalloc = `/usr/lib/${machine}-linux-gnu/libjemalloc.so`;

describe.each(versions)("Flink %s: the official image's variables", (version) => {
  /** What a command that is passed through finds in its environment. */
  const environment = async (env: Readonly<Record<string, string>>, options: readonly string[] = []) => {
    const { stdout } = await runOnce(version, ["env"], [...variables(env), ...options]);
    return new Map(stdout.split("\n").map((line) => [line.split("=")[0] ?? "", line.slice(line.indexOf("=") + 1)]));
  };
  const configuration = async (env: Readonly<Record<string, string>>, options: readonly string[] = []) => {
    const cat = ["sh", "-c", 'cat "$FLINK_CONF_DIR/config.yaml"'];
    return Object.fromEntries(effectiveKeys((await runOnce(version, cat, [...variables(env), ...options])).stdout));
  };

  it("JOB_MANAGER_RPC_ADDRESS, or else the host's name", async () => {
    const host = ["--hostname=jobmanager-0.flink.example"];
    const address = async (env: Readonly<Record<string, string>>) =>
      (await configuration(env, host))["jobmanager.rpc.address"];
    expect(await address({})).toBe("jobmanager-0.flink.example");
    expect(await address({ JOB_MANAGER_RPC_ADDRESS: "elsewhere" })).toBe("elsewhere");
  });

  it("TASK_MANAGER_NUMBER_OF_TASK_SLOTS, and the ports", async () => {
    expect(await configuration({ TASK_MANAGER_NUMBER_OF_TASK_SLOTS: "3" })).toMatchObject({
      "taskmanager.numberOfTaskSlots": 3,
      "blob.server.port": 6124,
      "query.server.port": 6125,
    });
    const wrong = await runOnce(version, ["true"], variables({ TASK_MANAGER_NUMBER_OF_TASK_SLOTS: "many" }));
    expect(wrong.exitCode).toBe(78);
  });

  it("ENABLE_BUILT_IN_PLUGINS, with an error for one that is missing", async () => {
    const jar = `flink-python-${version}.jar`;
    const readOnly = ["--read-only", "--tmpfs=/tmp:rw,mode=1777", "--user=54321:0"];
    const list = ["sh", "-c", 'find -L "$FLINK_PLUGINS_DIR" -name "*.jar" -printf "%P\\n"'];
    const linked = await runOnce(version, list, [...variables({ ENABLE_BUILT_IN_PLUGINS: jar }), ...readOnly]);
    const found = linked.stdout.split("\n");
    expect(found).toContain(`flink-python-${version}/${jar}`);
    expect(found.some((path) => path.startsWith("metrics-"))).toBe(true);
    const missing = await runOnce(version, ["true"], variables({ ENABLE_BUILT_IN_PLUGINS: `${jar};flink-none-1.jar` }));
    expect(missing.exitCode).toBe(78);
    expect(missing.stderr).toContain("ENABLE_BUILT_IN_PLUGINS: there is no flink-none-1.jar in /opt/flink/opt");
  });

  it("jemalloc is preloaded where the image has it, unless DISABLE_JEMALLOC says otherwise", async () => {
    const there = (await runOnce(version, ["test", "-e", jemalloc])).exitCode === 0;
    expect((await environment({})).get("LD_PRELOAD")).toBe(there ? jemalloc : undefined);
    expect((await environment({ LD_PRELOAD: "/lib/own.so" })).get("LD_PRELOAD")).toBe(
      there ? `/lib/own.so:${jemalloc}` : "/lib/own.so",
    );
    expect((await environment({ DISABLE_JEMALLOC: "true" })).has("LD_PRELOAD")).toBe(false);
  });

  it("JAVA_HOME: another one, none, one that is wrong, and env.java.home", async () => {
    const java = async (env: Readonly<Record<string, string>>) => {
      const { stdout, exitCode } = await runOnce(version, ["--dry-run", "jobmanager"], variables(env));
      return `${exitCode} ${/^Command\n +(\S+)$/m.exec(stdout)?.[1] ?? ""}`;
    };
    const other = (await runOnce(version, ["sh", "-c", "readlink -f /opt/java/openjdk"])).stdout;
    expect(await java({})).toBe("0 /opt/java/openjdk/bin/java");
    expect(await java({ JAVA_HOME: other })).toBe(`0 ${other}/bin/java`);
    expect(await java({ JAVA_HOME: "" })).toBe("0 java");
    expect(await java({ FLINK_PROPERTIES: `env.java.home: ${other}` })).toBe(`0 ${other}/bin/java`);
  });
});

describe("a secret of a pair X, X_FILE", () => {
  const folder = temporaryFolder();
  beforeAll(() => writeFileSync(folder.at("properties"), "custom.key: planted\n"));
  afterAll(() => folder[Symbol.dispose]());

  it.each(versions)("Flink %s: is read from the file, and not given on", async (version) => {
    if (!hasEngine) return;
    const options = [`--volume=${folder.at("properties")}:/properties:ro`, "--env=FLINK_PROPERTIES_FILE=/properties"];
    const script = 'cat "$FLINK_CONF_DIR/config.yaml"; env';
    const run = ["run", "--rm", "--network=none", "--security-opt=label=disable", ...options, imageOf(version)];
    const { stdout } = await engine.try([...run, "sh", "-c", script]);
    expect(stdout).toContain("custom.key: planted");
    expect(stdout).not.toMatch(/^FLINK_PROPERTIES=/m);
  });
});
