import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { flinkHome } from "../support/flink-home.ts";
import { processesNaming } from "../support/processes.ts";
import { waitUntil } from "../../testkit/eventually.ts";

/** The demo in a process group of its own, as a terminal would start it. */
class Demo {
  readonly ended: Promise<readonly unknown[]>;
  readonly #child: ChildProcess;
  output = "";

  constructor() {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    this.#child = spawn(process.execPath, ["scripts/start.mjs", "demo"], { detached: true, stdio: [...stdio] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
    this.ended = once(this.#child, "close");
  }

  get folder(): string {
    return /^ +folder +(\S+)$/m.exec(this.output)?.[1] ?? "";
  }

  /** What Ctrl-C does: every process of the group gets the signal. */
  interrupt(): void {
    const { pid, exitCode } = this.#child;
    if (pid !== undefined && exitCode === null) process.kill(-pid, "SIGINT");
  }
}

function startDemo(): Demo {
  const demo = new Demo();
  onTestFinished(async () => {
    demo.interrupt();
    await demo.ended;
  });
  return demo;
}

describe("npm run demo", () => {
  beforeAll(async () => {
    await flinkHome("2.3.0");
  });

  it("shows a plan, a finished job and closed ports, and leaves nothing behind", async () => {
    const demo = startDemo();
    const [exitCode] = await demo.ended;
    expect(exitCode, demo.output).toBe(0);
    expect(demo.output).toContain("security.ssl.internal.enabled: true");
    expect(demo.output).toMatch(/WordCount \w+: FINISHED on 2 TaskManagers/);
    for (const port of ["RPC", "blob", "TaskManager data 2"]) {
      expect(demo.output).toMatch(new RegExp(`^ +${port} \\d+ +refused +refused +refused +accepted$`, "m"));
    }
    expect(demo.output).toMatch(/^ +REST \d+ +sent to https +refused +refused +accepted$/m);
    expect(existsSync(demo.folder)).toBe(false);
    expect(processesNaming(demo.folder)).toEqual([]);
  });

  it("leaves nothing behind on Ctrl-C", async (context) => {
    if (process.platform !== "linux") context.skip("there is no /proc on this system");
    const demo = startDemo();
    const isStarting = async () =>
      demo.output.includes("Starting a JobManager") && processesNaming(demo.folder).length >= 3;
    await waitUntil("the demo's cluster starts", isStarting, { pauseMs: 50, details: () => demo.output });
    demo.interrupt();
    const [exitCode] = await demo.ended;
    expect(exitCode, demo.output).toBe(130);
    expect(demo.folder).not.toBe("");
    expect(existsSync(demo.folder)).toBe(false);
    expect(processesNaming(demo.folder)).toEqual([]);
  });
});
