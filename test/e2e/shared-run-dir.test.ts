import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FlinkCluster } from "../support/flink-cluster.ts";
import { flinkHome } from "../support/flink-home.ts";
import { newestFlink } from "../../src/core/plan/target.ts";
import { freePorts } from "../../testkit/free-ports.ts";
import { type SluiceProcess, startSluice } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { type ProbeResult, probe } from "../support/tls-probe.ts";
import { eventually } from "../../testkit/eventually.ts";

const rounds = Array.from({ length: process.env["SLUICE_TEST_FULL"] === "1" ? 20 : 1 }, (_, index) => index + 1);

describe("a history server, a JobManager and a TaskManager that share a run dir", () => {
  let folder: TemporaryFolder;

  beforeAll(() => {
    folder = temporaryFolder();
  });
  afterAll(() => folder?.[Symbol.dispose]());

  /** The TaskManager has none of the variables of REST. Its start must not open the ports of the others. */
  it.each(rounds)("keep TLS when they start at once, round %i", async (round) => {
    const [history = 0] = await freePorts(1);
    const own = folder.at(`round-${round}`);
    mkdirSync(folder.at(`round-${round}`, "archive"), { recursive: true });
    const properties = {
      "historyserver.web.address": "localhost",
      "historyserver.web.port": history,
      "historyserver.archive.fs.dir": `file://${own}/archive`,
    };
    const home = await flinkHome(newestFlink);
    const cluster = await FlinkCluster.prepare({
      flinkHome: home,
      folder: own,
      key: "ec",
      taskManagers: 0,
      properties,
    });
    const env = cluster.environment("shared");
    const withoutRest = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("FLINK_SSL_REST")));
    const processes: SluiceProcess[] = [];
    try {
      for (const [command, variables] of [
        ["history-server", env],
        ["jobmanager", env],
        ["taskmanager", withoutRest],
      ] as const) {
        processes.push(await startSluice(["run", command], { env: variables, cwd: own }));
        await sleep(round % 2 === 0 ? 1000 : 0);
      }
      const output = () => processes.map((each) => each.output()).join("\n");
      for (const port of [cluster.ports.rest, history]) {
        const plain = await whenListening(() => probe(port, "plaintext"), output);
        expect(plain.outcome, plain.detail).not.toBe("accepted");
      }
      const foreign = await probe(cluster.ports.rest, {});
      expect(foreign.outcome, foreign.detail).toBe("refused");
    } finally {
      await Promise.all(processes.map((each) => each.stop()));
    }
  });
});

async function whenListening(ask: () => Promise<ProbeResult>, output: () => string): Promise<ProbeResult> {
  return eventually(ask, 120, 200).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${output().slice(-3000)}`);
  });
}
