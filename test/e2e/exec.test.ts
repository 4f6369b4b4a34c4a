import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flinkHome } from "../support/flink-home.ts";
import { runSluice, type SluiceResult, startSluice } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { canBecomeAnother, unknownUser, type User } from "../../testkit/user.ts";

describe("sluice run with any command", () => {
  let folder: TemporaryFolder;
  let user: User | undefined;
  let env: Record<string, string>;

  beforeAll(async () => {
    user = canBecomeAnother() ? unknownUser : undefined;
    folder = temporaryFolder(user);
    env = { FLINK_HOME: await flinkHome("2.3.0"), SLUICE_RUN_DIR: join(folder.path, "run") };
  });
  afterAll(() => folder[Symbol.dispose]());

  function sh(script: string): Promise<SluiceResult> {
    return runSluice(["run", "sh", "-c", script], { env, user, cwd: folder.path });
  }

  it("becomes the command: same process id, its exit code", async () => {
    const { pid, ended } = await startSluice(["run", "sh", "-c", "echo $$; exit 7"], { env, user });
    expect(await ended).toMatchObject({ exitCode: 7, stdout: `${pid}\n` });
  });

  it("leaves stdout and stderr blocking", async (context) => {
    if (process.platform !== "linux") context.skip("there is no /proc on this system");
    const { stdout } = await sh("cat /proc/self/fdinfo/1 /proc/self/fdinfo/2");
    const flags = [...stdout.matchAll(/^flags:\s*(\d+)$/gm)].map(([, octal = ""]) => Number.parseInt(octal, 8));
    expect(flags.map((all) => all & 0o4000)).toEqual([0, 0]);
  });

  it("gives it the configuration and Flink's scripts, and a read-only Flink is enough", async () => {
    const { stdout, exitCode } = await sh('command -v flink; ls "$FLINK_CONF_DIR"; id -u');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${env["FLINK_HOME"]}/bin/flink\n`);
    expect(stdout).toContain("config.yaml\n");
    expect(stdout).toContain(`\n${user?.uid ?? process.getuid?.()}\n`);
  });

  it("sends the JVM's output to files when Flink's configuration asks for it", async () => {
    const properties =
      "env.stdout-err.redirect-to-file: true\nhistoryserver.archive.fs.dir: nowhere://\nhistoryserver.web.tmpdir: /tmp";
    const logs = join(folder.path, "logs");
    const said = await runSluice(["run", "history-server"], {
      env: { ...env, FLINK_PROPERTIES: properties, FLINK_LOG_DIR: logs, JVM_ARGS: "-Xlog:os=info" },
      user,
      cwd: folder.path,
    });
    expect(said.stdout).toBe("");
    const out = readdirSync(logs).find((name) => name.endsWith(".out"));
    expect(readFileSync(join(logs, out ?? ""), "utf8")).toContain("[info][os");
  });

  it("ends by the signal that ends the command", async () => {
    expect((await sh("kill -TERM $$; sleep 10")).exitCode).toBe(143);
  });
});
