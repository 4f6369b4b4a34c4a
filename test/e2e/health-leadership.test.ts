import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FlinkCluster } from "../support/flink-cluster.ts";
import { flinkHome } from "../support/flink-home.ts";
import { flinkVersions } from "../support/flink-versions.ts";
import { portsOfItsOwn, Probing } from "../support/probing.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { startZooKeeper, type ZooKeeper } from "../support/zookeeper.ts";

const versions = process.env["SLUICE_TEST_FULL"] === "1" ? flinkVersions : flinkVersions.slice(0, 1);
const names = ["jobmanager-1", "jobmanager-2"] as const;

describe.each(versions)("probes of two JobManagers of Flink %s, of which one leads", (version) => {
  let folder: TemporaryFolder;
  let probing: Probing;
  let zooKeeper: ZooKeeper | undefined;

  beforeAll(async () => {
    folder = temporaryFolder();
    const home = await flinkHome(version);
    zooKeeper = await startZooKeeper(home, folder.at("zookeeper"));
    // Only its certificates and its environment are needed.
    const cluster = await FlinkCluster.prepare({ flinkHome: home, folder: folder.path, key: "ec", taskManagers: 1 });
    probing = new Probing(cluster, undefined, folder.path);
    const { quorum } = zooKeeper;
    for (const name of names) {
      await probing.startJobManager(name, {
        ...(await portsOfItsOwn()),
        "high-availability.type": "zookeeper",
        "high-availability.storageDir": `file://${folder.at("high-availability")}`,
        "high-availability.zookeeper.quorum": quorum,
      });
    }
  });
  afterAll(async () => {
    await Promise.all([probing?.stop(), zooKeeper?.kill()]);
    folder?.[Symbol.dispose]();
  });

  it.each(names)("%s: is alive and ready, for the standby asks the leader", async (name) => {
    await probing.until(/^0 jobmanager readiness: ok: REST answers with 200\n$/, name, "readiness");
    expect(await probing.health(name, "liveness")).toBe("0 jobmanager liveness: ok: REST answers with 200\n");
  });

  it("both are alive and not ready when nobody leads", async () => {
    await zooKeeper?.kill();
    for (const name of names) {
      await probing.until(/^1 .* failed: REST answers with 503: no JobManager leads\n$/, name, "readiness");
      const said = "jobmanager liveness: ok: REST answers with 503: no JobManager leads\n";
      expect(await probing.health(name, "liveness")).toBe(`0 ${said}`);
    }
  });
});
