import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder, flinkHome } from "../support/flink-home.ts";
import { freePorts } from "../../testkit/free-ports.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { askUntil } from "../../testkit/eventually.ts";

const root = join(import.meta.dirname, "../..");

/** The lines that README.md types after a `$`. */
function session(): readonly string[] {
  const lines = readFileSync(join(root, "README.md"), "utf8").split("\n");
  return lines.filter((line) => line.startsWith("    $ ")).map((line) => line.slice(6));
}

describe("README.md", () => {
  it("shows a session that works as it stands, down to a JobManager that ends on SIGTERM", async () => {
    using folder = temporaryFolder();
    const [rest = 0, rpc = 0, blob = 0] = await freePorts(3);
    mkdirSync(folder.at("conf"));
    writeFileSync(
      folder.at("conf", "config.yaml"),
      `rest.port: ${rest}\nrest.address: localhost\njobmanager.rpc.address: 127.0.0.1\njobmanager.rpc.port: ${rpc}\nblob.server.port: ${blob}\njobmanager.memory.process.size: 1000m\n`,
    );
    await flinkHome("2.3.0");
    const script = session().join("\n").replaceAll("/tmp/certs", folder.at("certs"));
    const { PATH = "", HOME = "" } = process.env;
    const shell = spawn("bash", ["-eu", "-c", script], {
      cwd: root,
      // Of its own process group, as a terminal would have it.
      detached: true,
      env: {
        PATH,
        HOME,
        // The first line finds it.
        SLUICE_CACHE: cacheFolder(process.env),
        FLINK_CONF_DIR: folder.at("conf"),
        SLUICE_RUN_DIR: folder.at("run"),
      },
    });
    let output = "";
    for (const stream of [shell.stdout, shell.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    const ended = once(shell, "exit");
    try {
      expect(await answers(rest, () => shell.exitCode), output).toBe(true);
    } finally {
      if (shell.exitCode === null && shell.pid !== undefined) process.kill(-shell.pid, "SIGTERM");
      await ended;
    }
    expect(output).toContain("security.ssl.internal.enabled: true");
    expect(output).toContain("env.java.opts.all: -Da=1 -Db=2");
  });
});

/** Whether the REST port answers within a minute, while the process lives. */
async function answers(port: number, exitCode: () => number | null): Promise<boolean> {
  const ask = async () => (await fetch(`http://127.0.0.1:${port}/overview`).catch(() => undefined))?.ok;
  return (await askUntil(ask, (isOk) => isOk !== undefined || exitCode() !== null, 60)) ?? false;
}
