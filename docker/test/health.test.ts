import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { fillMemory, readMemory } from "./memory-cgroup.ts";
import { featureVariables, makeSecrets } from "./mounts.ts";
import {
  containerName,
  engine,
  hasEngine,
  imageOf,
  isFull,
  labelled,
  skipWithoutEngine,
  variables,
  versions,
} from "./suite.ts";
import { askUntil } from "../../testkit/eventually.ts";

skipWithoutEngine();

const megabyte = 1024 * 1024;
/** What Flink is told is all that the container has. */
const limit = 1024 * megabyte;
/** What is left for probes: a probe needs 25 MB, and the JVM goes on taking some. */
const left = 40 * megabyte;

const properties = `
pekko.startup-timeout: 90 s
jobmanager.memory.process.size: 1000m
taskmanager.memory.process.size: ${limit}b
env.java.opts.jobmanager: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
env.java.opts.taskmanager: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+AlwaysPreTouch
`;

describe.each(isFull ? versions : versions.slice(0, 1))("beside Flink %s in a container", (version) => {
  const prefix = `health-${version.replaceAll(".", "-")}`;
  const names = { jobmanager: `${prefix}-jobmanager`, taskmanager: `${prefix}-taskmanager` } as const;
  const roles = ["jobmanager", "taskmanager"] as const;
  type Role = (typeof roles)[number];
  let folder: TemporaryFolder;

  beforeAll(async () => {
    if (!hasEngine) return;
    folder = temporaryFolder();
    const secrets = makeSecrets(folder.at("certs"));
    const env = {
      JOB_MANAGER_RPC_ADDRESS: "localhost",
      FLINK_PROPERTIES: properties,
      ...featureVariables("everything", secrets),
    };
    const start = (role: Role, network: string, ...options: readonly string[]) =>
      engine.run([
        "run",
        "--detach",
        ...labelled(names[role]),
        `--network=${network}`,
        "--security-opt=label=disable",
        `--volume=${secrets.folder}:/certs:ro`,
        ...options,
        ...variables(env),
        imageOf(version),
        role,
      ]);
    await start("jobmanager", "none");
    const memory = [`--memory=${limit}b`, `--memory-swap=${limit}b`];
    await start("taskmanager", `container:${containerName(names.jobmanager)}`, ...memory);
    const { exitCode, stdout } = await askUntil(
      () => probe("taskmanager", "startup"),
      (answer) => answer.exitCode === 0,
      120,
      1000,
    );
    if (exitCode !== 0) throw new Error(`${stdout}\n${await lastWords()}`);
  });
  afterAll(async () => {
    for (const role of roles.toReversed()) await engine.try(["rm", "--force", "--time=0", containerName(names[role])]);
    folder?.[Symbol.dispose]();
  });

  /** As whom the container was started. */
  function exec(role: Role, ...command: readonly string[]) {
    return engine.try(["exec", containerName(names[role]), ...command]);
  }

  function probe(role: Role, check: string) {
    return exec(role, "sluice", "health", role, `--${check}`, "--timeout=60s");
  }

  async function lastWords(): Promise<string> {
    const logs = await Promise.all(roles.map((role) => engine.try(["logs", containerName(names[role])])));
    return logs.map(({ stdout, stderr }) => `${stdout}${stderr}`.slice(-3000)).join("\n\n");
  }

  describe.each(roles)("%s", (role) => {
    it.each(["startup", "liveness", "readiness"])("answers: %s", async (check) => {
      expect(await probe(role, check)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(new RegExp(`^${role} ${check}: ok: `)),
        stderr: "",
      });
    });

    it.each([
      ["by sluice's own name", ["sluice", "run"]],
      ["by the official entrypoint's", ["/docker-entrypoint.sh"]],
    ])("lets flink list in with its configuration, %s", async (_how, sluice) => {
      const { exitCode, stdout, stderr } = await exec(role, ...sluice, "flink", "list");
      expect(stdout, stderr).toContain("No running jobs.");
      expect(stderr).toMatch(/^sluice: using the configuration of (job|task)manager, process 1$/m);
      expect(exitCode).toBe(0);
    });

    it("gives a shell the same environment, and writes nothing", async () => {
      const listing = () => exec(role, "sh", "-c", "ls -lR --time-style=full-iso /tmp/sluice-*");
      const before = await listing();
      const { stdout, stderr } = await exec(
        role,
        "sluice",
        "run",
        "bash",
        "-c",
        'echo "$FLINK_CONF_DIR $KRB5_CONFIG"; env',
      );
      expect(stdout).toMatch(/^(\/tmp\/sluice-\d+\/\w+)\/conf \1\/krb5\.conf\n/);
      expect(stdout).not.toContain("FLINK_PROPERTIES=");
      expect(stderr).not.toContain("wrote");
      expect(before.stdout).toContain("start.json");
      expect(await listing()).toEqual(before);
    });
  });

  it("answers in a container that is filled to its limit, and nothing is killed", async (context) => {
    const before = await readMemory(engine, containerName(names.taskmanager));
    if (before.limit !== limit) context.skip("this engine cannot limit a container's memory");
    await fillMemory(engine, containerName(names.taskmanager), left);
    const said = [];
    for (let round = 0; round < 3; round++) {
      for (const check of ["liveness", "readiness"]) said.push((await probe("taskmanager", check)).exitCode);
    }
    expect(said).toEqual([0, 0, 0, 0, 0, 0]);
    const after = await readMemory(engine, containerName(names.taskmanager));
    expect(after.kills).toBe(before.kills);
    expect(after.limit - after.anonymous).toBeLessThan(1.5 * left);
  });
});
