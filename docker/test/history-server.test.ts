import { afterAll, describe, expect, it } from "vitest";
import { hardeningOptions } from "./rows.ts";
import { containerName, engine, imageOf, labelled, skipWithoutEngine, variables, versions } from "./suite.ts";
import { askUntil } from "../../testkit/eventually.ts";

skipWithoutEngine();

describe.each(versions)("Flink %s: history-server", (version) => {
  const name = `history-${version.replaceAll(".", "-")}`;
  const container = containerName(name);
  afterAll(() => engine.try(["rm", "--force", "--time=0", container]));

  it("answers, and ends on SIGTERM as the JVM does", async () => {
    const properties = "historyserver.archive.fs.dir: file:///tmp\nhistoryserver.web.address: 0.0.0.0\n";
    const options = [...labelled(name), ...hardeningOptions("read-only", engine.name)];
    const env = variables({ FLINK_PROPERTIES: properties });
    await engine.run(["run", "--detach", "--network=none", ...options, ...env, imageOf(version), "history-server"]);
    const ask = ["exec", container, "curl", "-sSf", "-m", "10", "http://localhost:8082/config"];
    const answer = await askUntil(
      () => engine.try(ask),
      ({ exitCode }) => exitCode === 0,
    );
    expect(answer.stdout, (await engine.try(["logs", container])).stdout.slice(-2000)).toContain(
      `"flink-version":"${version}"`,
    );
    expect((await engine.try(["exec", container, "cat", "/proc/1/comm"])).stdout).toBe("java");
    await engine.run(["kill", "--signal=TERM", container]);
    expect(await engine.run(["wait", container])).toBe("143");
  });
});
