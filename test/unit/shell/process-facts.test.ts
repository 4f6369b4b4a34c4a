import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { portAnswers } from "../../../src/shell/network/port-check.ts";
import { listeningOf } from "../../../src/shell/network/listening.ts";
import { commandLine, processFacts } from "../../../src/shell/process/process-facts.ts";

beforeEach((context) => {
  if (process.platform !== "linux") context.skip("there is no /proc on this system");
});

/** Listens on 127.0.0.1, and on standard output says the port; busy, it looks at nothing else ever again. */
function server(busy: boolean): string {
  const then = busy ? "setTimeout(() => { for (;;); }, 0)" : "0";
  return `const s = require("net").createServer(() => {}).listen(0, "127.0.0.1", () => { console.log(s.address().port); ${then}; })`;
}

async function startServer(busy: boolean) {
  const child = spawn(process.execPath, ["-e", server(busy), "--", "a b"], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return {
    pid: child.pid ?? 0,
    port: Number(port.toString()),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}

describe("processFacts", () => {
  it("tells of this process, whose start does not change", () => {
    const facts = processFacts(process.pid);
    expect(facts?.state).toMatch(/^[RSD]$/);
    expect(facts?.startTime).toBeGreaterThan(0);
    expect(processFacts(process.pid)?.startTime).toBe(facts?.startTime);
  });

  it("tells of a process that is stopped, and of none that is not there", async () => {
    using child = await startServer(false);
    child.kill("SIGSTOP");
    await expect.poll(() => processFacts(child.pid)?.state, { timeout: 20_000 }).toBe("T");
    child.kill("SIGKILL");
    await expect.poll(() => processFacts(child.pid), { timeout: 20_000 }).toBeUndefined();
  });

  it("tells the arguments one by one", async () => {
    using child = await startServer(false);
    expect(commandLine(child.pid).slice(-2)).toEqual(["--", "a b"]);
    expect(commandLine(2 ** 30)).toEqual([]);
  });
});

describe("listeningOf", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["0.0.0.0", "127.0.0.1"],
    ["::", "127.0.0.1"],
    ["::1", "0:0:0:0:0:0:0:1"],
  ])("finds what this process has opened on %s", async (address, host) => {
    const opened = createServer().listen(0, address);
    await once(opened, "listening");
    const bound = opened.address();
    const port = bound === null || typeof bound === "string" ? 0 : bound.port;
    expect(listeningOf(process.pid)).toContainEqual({ host, port });
    await once(opened.close(), "close");
    expect(listeningOf(process.pid)).not.toContainEqual({ host, port });
  });

  it("leaves out what another process has opened", async () => {
    using child = await startServer(false);
    expect(listeningOf(child.pid)).toEqual([{ host: "127.0.0.1", port: child.port }]);
    expect(listeningOf(process.pid).map(({ port }) => port)).not.toContain(child.port);
  });
});

describe("portAnswers", () => {
  const inTime = () => AbortSignal.timeout(60_000);

  it("is answered by a process that runs", async () => {
    using child = await startServer(false);
    expect(await portAnswers({ host: "127.0.0.1", port: child.port }, inTime())).toBe(true);
  });

  it("is not answered by one that is stopped, though it takes the connection", async () => {
    using child = await startServer(false);
    child.kill("SIGSTOP");
    expect(await portAnswers({ host: "127.0.0.1", port: child.port }, AbortSignal.timeout(500))).toBe(false);
  });

  it("is not answered by one that is too busy for ever", async () => {
    using child = await startServer(true);
    await sleep(200);
    expect(await portAnswers({ host: "127.0.0.1", port: child.port }, AbortSignal.timeout(500))).toBe(false);
  });

  it("is not answered where nobody listens", async () => {
    using child = await startServer(false);
    child.kill("SIGKILL");
    await expect.poll(() => processFacts(child.pid), { timeout: 20_000 }).toBeUndefined();
    expect(await portAnswers({ host: "127.0.0.1", port: child.port }, inTime())).toBe(false);
  });
});
