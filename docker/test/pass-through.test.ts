import { afterEach, describe, expect, it } from "vitest";
import { effectiveKeys } from "./effective-keys.ts";
import { containerName, engine, imageOf, labelled, runOnce, skipWithoutEngine, versions } from "./suite.ts";
import { askUntil } from "../../testkit/eventually.ts";

skipWithoutEngine();

describe.each(versions)("Flink %s: any other command", (version) => {
  const name = `command-${version.replaceAll(".", "-")}`;
  afterEach(() => engine.try(["rm", "--force", "--time=0", containerName(name)]));

  it.each([
    [0, ["true"]],
    [1, ["false"]],
    [2, ["sh", "-c", "exit 2"]],
    [64, ["--no-such-option"]],
    [126, ["/etc/passwd"]],
    [127, ["no-such-command"]],
    [143, ["sh", "-c", "trap 'exit 143' TERM; kill -TERM $$"]],
  ])("ends with the exit code %i of %j", async (code, command) => {
    const { exitCode, stderr } = await runOnce(version, command);
    expect(exitCode, stderr).toBe(code);
  });

  it.each(["TERM", "INT", "HUP", "USR1", "QUIT"])("gets %s itself: nothing stands between", async (signal) => {
    // The shell's wait is what a signal interrupts.
    const script = `trap 'echo got ${signal}; exit 43' ${signal}; echo ready; sleep 600 & wait`;
    const options = ["run", "--detach", "--network=none", ...labelled(name), imageOf(version)];
    await engine.run([...options, "bash", "-c", script]);
    const log = async () => (await engine.try(["logs", containerName(name)])).stdout;
    await askUntil(log, (text) => text.includes("ready"), 60, 100);
    await engine.run(["kill", `--signal=${signal}`, containerName(name)]);
    expect(await engine.run(["wait", containerName(name)])).toBe("43");
    expect(await log()).toContain(`got ${signal}`);
  });

  it("gets its arguments, its input and the working folder as they are", async () => {
    const args = ["a b", "", "$HOME", "*", "é", "--"];
    const { stdout } = await runOnce(version, ["printf", "%s\\n", ...args], ["--workdir=/usr"]);
    expect(stdout.split("\n")).toEqual(args);
    expect((await runOnce(version, ["pwd"], ["--workdir=/usr"])).stdout).toBe("/usr");
  });

  it("finds Flink's programs on PATH, and the prepared configuration", async () => {
    const env = ["--env=FLINK_PROPERTIES=parallelism.default: 7"];
    const script = 'command -v flink; cat "$FLINK_CONF_DIR/config.yaml"';
    const [flink, ...lines] = (await runOnce(version, ["sh", "-c", script], env)).stdout.split("\n");
    expect(flink).toBe("/opt/flink/bin/flink");
    expect(effectiveKeys(lines.join("\n")).get("parallelism.default")).toBe(7);
  });

  it("needs no shell of the image", async () => {
    const shells = ["dash", "bash"].map((shell) => `--volume=/dev/null:/usr/bin/${shell}:ro`);
    expect((await runOnce(version, ["sh", "-c", "exit 0"], shells)).exitCode).toBe(127);
    const { exitCode, stderr } = await runOnce(version, ["java", "-version"], shells);
    expect(exitCode, stderr).toBe(0);
  });

  it("shows its help as the official one does", async () => {
    const { exitCode, stdout } = await runOnce(version, ["help"]);
    expect(exitCode).toBe(0);
    for (const word of ["jobmanager", "standalone-job", "taskmanager", "history-server"])
      expect(stdout).toContain(word);
  });
});
