import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { processesNaming } from "../support/processes.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { waitUntil } from "../../testkit/eventually.ts";

/** What somebody types. */
function lab(...args: readonly string[]) {
  return execa(process.execPath, ["scripts/start.mjs", "lab", ...args], { reject: false, stdin: "ignore" });
}

describe("npm run lab", () => {
  let parent: TemporaryFolder;
  let folder: string;

  beforeAll(() => {
    parent = temporaryFolder();
    folder = parent.at("lab");
  });
  afterAll(async () => {
    await lab("down", "--folder", folder);
    parent[Symbol.dispose]();
  });

  it("starts servers that go on without it", async () => {
    const { exitCode, stdout, stderr } = await lab("up", "--only", "kafka", "--folder", folder);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/^kdc +running/m);
    expect(stdout).toMatch(/^kafka +running/m);
    expect(stdout).toMatch(/^Kafka SASL_SSL +localhost:\d+$/m);
    expect((await lab("status", "--folder", folder)).stdout).toMatch(/^kafka +running/m);
  });

  it("writes what sluice run needs to log in", async () => {
    const sluice = `${process.execPath} src/main.ts run kinit -k -t "$KERBEROS_KEYTAB" -c ${parent.at("tickets")} flink`;
    const env = { SLUICE_RUN_DIR: parent.at("run") };
    const { stderr } = await execa("sh", ["-ec", `. ${folder}/lab.env; exec ${sluice}`], { env });
    expect(stderr).toContain("flink@LAB.EXAMPLE");
    expect(existsSync(parent.at("tickets"))).toBe(true);
  });

  it("does not start twice in one folder", async () => {
    const { exitCode, stderr } = await lab("up", "--only", "kdc", "--folder", folder);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("is running; take it down first");
  });

  it("ends all of it, and leaves nothing", async () => {
    const { exitCode, stdout } = await lab("down", "--folder", folder);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("2 servers stopped");
    expect(existsSync(folder)).toBe(false);
    expect(processesNaming(folder)).toEqual([]);
  });

  it("takes no folder in which there is something else", async () => {
    mkdirSync(parent.at("home"));
    writeFileSync(parent.at("home", "letter"), "");
    const { exitCode, stderr } = await lab("up", "--only", "kdc", "--folder", parent.at("home"));
    expect(exitCode).toBe(1);
    expect(stderr).toContain("is not empty, and not a lab's");
    expect(existsSync(parent.at("home", "letter"))).toBe(true);
  });

  it("leaves nothing when it is interrupted", async () => {
    const args = ["scripts/start.mjs", "lab", "up", "--only", "kafka", "--folder", folder];
    const starting = execa(process.execPath, args, { reject: false, stdin: "ignore", detached: true });
    await waitUntil("Kafka starts", async () => processesNaming(`${folder}/kafka`).length > 0, { pauseMs: 50 });
    // As a terminal does.
    process.kill(-(starting.pid ?? 0), "SIGINT");
    expect((await starting).exitCode).toBe(130);
    expect(existsSync(folder)).toBe(false);
    await expect.poll(() => processesNaming(folder), { timeout: 10_000 }).toEqual([]);
  });

  it("says what it has", async () => {
    expect((await lab("up", "--only", "zookeeper")).stderr).toContain("there is no zookeeper; the lab has kdc, kafka");
  });
});
