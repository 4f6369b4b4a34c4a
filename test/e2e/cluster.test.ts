import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clients, type Knock, knockEverywhere } from "../support/closed-ports.ts";
import { FlinkCluster, type MountedConf } from "../support/flink-cluster.ts";
import { flinkHome } from "../support/flink-home.ts";
import type { Job } from "../support/flink-rest.ts";
import type { SluiceResult } from "../support/run-sluice.ts";
import { terminated } from "../support/terminated.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { canBecomeAnother, flinkUser, unknownUser, type User } from "../../testkit/user.ts";
import { buildWordCount, copyText, readCounts, type WordCounts } from "../support/word-count.ts";

interface Case {
  readonly version: string;
  readonly key: "rsa" | "ec";
  readonly mountedConf: MountedConf;
  readonly user: User;
  readonly launch: "native" | "scripts";
}

const cases: readonly Case[] = [
  { version: "2.3.0", key: "rsa", mountedConf: "config.yaml", user: unknownUser, launch: "native" },
  { version: "2.3.0", key: "ec", mountedConf: "config.yaml", user: flinkUser, launch: "native" },
  { version: "1.20.5", key: "rsa", mountedConf: "config.yaml", user: flinkUser, launch: "native" },
  // What the Kubernetes Operator mounts for 1.x.
  { version: "1.20.5", key: "ec", mountedConf: "flink-conf.yaml", user: unknownUser, launch: "scripts" },
];

/** With `npm run test:full`. */
const furtherCases: readonly Case[] = [
  { version: "2.2.1", key: "rsa", mountedConf: "config.yaml", user: flinkUser, launch: "native" },
  { version: "2.2.1", key: "ec", mountedConf: "config.yaml", user: unknownUser, launch: "native" },
];
const all = process.env["SLUICE_TEST_FULL"] === "1" ? [...cases, ...furtherCases] : cases;

const portNames = [
  "REST",
  "RPC",
  "blob",
  "TaskManager RPC 1",
  "TaskManager RPC 2",
  "TaskManager data 1",
  "TaskManager data 2",
];

describe.each(all)(
  "Flink $version with $key certificates, $launch launch",
  ({ version, key, mountedConf, user, launch }) => {
    let folder: TemporaryFolder;
    let cluster: FlinkCluster;
    let run: SluiceResult;
    let job: Job | undefined;
    let knocks: readonly Knock[] = [];
    let expected: WordCounts;
    const output = () => join(folder.path, "tmp/client/counts");

    beforeAll(async () => {
      const home = await flinkHome(version);
      const owner = canBecomeAnother() ? user : undefined;
      folder = temporaryFolder(owner);
      const jar = await buildWordCount(home, folder.path);
      ({ counts: expected } = copyText(join(folder.path, "text")));
      const options = { flinkHome: home, folder: folder.path, key, taskManagers: 2, user: owner, mountedConf, launch };
      cluster = await FlinkCluster.prepare(options);
      await cluster.start();
      knocks = await knockEverywhere(cluster);
      run = await cluster.run("flink", "run", jar, join(folder.path, "text"), output());
      [job] = await cluster.rest.jobs();
    });
    afterAll(async () => {
      await cluster?.stop();
      folder?.[Symbol.dispose]();
    });

    it("finishes a job that flink run submits", () => {
      expect(run.exitCode, run.stdout + run.stderr + cluster.lastWords()).toBe(0);
      expect(job).toMatchObject({ name: "WordCount", state: "FINISHED" });
    });

    it("exchanges the job's data between two TaskManagers", async () => {
      const used = job === undefined ? [] : await cluster.rest.taskManagersOf(job);
      expect(used.length).toBeGreaterThan(1);
      for (const taskManagers of used) expect(new Set(taskManagers).size).toBe(2);
    });

    it("counts each word as it is counted without Flink", () => {
      expect(readCounts(output())).toEqual(expected);
    });

    describe.each(portNames)("%s", (port) => {
      it.each(clients)("%s", (client) => {
        const knock = knocks.find((each) => each.port === port && each.client === client);
        const refusal = port === "REST" && client === "plaintext" ? "redirected" : "refused";
        const outcome = client === "the cluster's own" ? "accepted" : refusal;
        expect(knock?.result, knock?.result.detail).toMatchObject({ outcome });
      });
    });

    it("reads the mounted configuration, which it cannot write", async () => {
      expect((await cluster.rest.configuration()).get("metrics.scope.jm")).toBe("mounted");
      expect(readdirSync(cluster.mountedConf)).toContain(mountedConf);
      expect(statSync(cluster.mountedConf).mode & 0o222).toBe(0);
    });

    it("runs as a user without a passwd entry, or whom a Secret's files are for", (context) => {
      if (!canBecomeAnother()) context.skip("only root can start a process as another user");
      expect(readFileSync("/etc/passwd", "utf8")).not.toContain(`:${user.uid}:`);
      for (const { pid } of cluster.processes) expect(statSync(`/proc/${pid}`).uid).toBe(user.uid);
    });

    it("becomes the JVM: its process id is the one that was started", (context) => {
      if (process.platform !== "linux") context.skip("there is no /proc on this system");
      for (const { pid } of cluster.processes) expect(basename(readlinkSync(`/proc/${pid}/exe`))).toBe("java");
    });

    it("leaves no other process behind, of Node or of a shell", (context) => {
      if (process.platform !== "linux") context.skip("there is no /proc on this system");
      for (const { pid } of cluster.processes) {
        const children = readdirSync(`/proc/${pid}/task`).map((task) =>
          readFileSync(`/proc/${pid}/task/${task}/children`, "utf8"),
        );
        expect(children.join("")).toBe("");
      }
    });

    it("leaves stdout and stderr blocking", (context) => {
      if (process.platform !== "linux") context.skip("there is no /proc on this system");
      for (const { pid } of cluster.processes) {
        for (const descriptor of [1, 2]) expect(openFlags(pid, descriptor) & 0o4000, `fd ${descriptor}`).toBe(0);
      }
    });

    it("keeps the passwords of the mounted Secrets out of outputs, arguments and environments", (context) => {
      if (process.platform !== "linux") context.skip("there is no /proc on this system");
      const shown = cluster.processes.map(({ pid }) =>
        ["cmdline", "environ"].map((name) => readFileSync(`/proc/${pid}/${name}`, "utf8")).join("\n"),
      );
      const seen = [cluster.output(), run.stdout, run.stderr, ...shown].join("\n");
      for (const name of ["internal", "rest"] as const) {
        expect(seen).not.toContain(readFileSync(join(cluster.certificates(name), "password"), "utf8"));
        expect(seen).not.toContain("PRIVATE KEY");
      }
    });

    it("ends every JVM on SIGTERM", async () => {
      await cluster.stop();
      const results = await Promise.all(cluster.processes.map((process) => process.ended));
      const [jobManager, ...taskManagers] = results.map(({ exitCode }) => exitCode);
      expect(terminated).toContain(jobManager);
      expect(taskManagers).toEqual([143, 143]);
    });
  },
);

/** The octal flags of an open file (proc(5), fdinfo). */
function openFlags(pid: number, descriptor: number): number {
  const info = readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, "utf8");
  return Number.parseInt(/^flags:\s*(\d+)$/m.exec(info)?.[1] ?? "", 8);
}
