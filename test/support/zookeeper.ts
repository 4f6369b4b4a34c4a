import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "../../testkit/free-ports.ts";

/** A ZooKeeper on 127.0.0.1. */
export interface ZooKeeper {
  /** As `high-availability.zookeeper.quorum` wants it. */
  readonly quorum: string;
  /** Kills it, and waits until it is gone. */
  kill(): Promise<void>;
}

const main = "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain";

/** Starts the ZooKeeper that Flink's distribution brings along, with its files in a folder. */
export async function startZooKeeper(flinkHome: string, folder: string): Promise<ZooKeeper> {
  const [port = 0] = await freePorts(1);
  const config = { dataDir: join(folder, "data"), clientPort: port, clientPortAddress: "127.0.0.1" };
  mkdirSync(config.dataDir, { recursive: true });
  const lines = Object.entries({ ...config, "admin.enableServer": false }).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(folder, "zoo.cfg"), lines.join(""));
  const { JAVA_HOME } = process.env;
  const java = JAVA_HOME ? join(JAVA_HOME, "bin", "java") : "java";
  const options = ["-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", join(flinkHome, "lib", "*")];
  const child = spawn(java, [...options, main, join(folder, "zoo.cfg")], { stdio: "ignore" });
  const ended = once(child, "exit");
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  for (const deadline = performance.now() + 120_000; !(await takesConnections(port)); await sleep(200)) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error("ZooKeeper has not started");
  }
  return {
    quorum: `127.0.0.1:${port}`,
    kill: async () => {
      process.removeListener("exit", kill);
      kill();
      await ended;
    },
  };
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
