import type { Probe, ProbeContext } from "../../../core/feature/probe.ts";
import type { Finding } from "../../../core/findings/findings.ts";
import { addressText } from "../../../core/system/network.ts";
import { joinServers } from "../../../preflight/partly-reachable.ts";
import { type HdfsFileSystem, NamenodeSession } from "./namenode-session.ts";

/** Talks to each NameNode of a file system. */
export class NamenodesProbe implements Probe {
  readonly what: string;
  readonly fileSystem: HdfsFileSystem;

  constructor(fileSystem: HdfsFileSystem) {
    this.what = `HDFS at ${fileSystem.nodes.map(addressText).join(", ")}`;
    this.fileSystem = fileSystem;
  }

  async run(context: ProbeContext): Promise<readonly Finding[]> {
    const { fileSystem } = this;
    const sessions = fileSystem.nodes.map((address) => new NamenodeSession(fileSystem, address, context));
    return joinServers(await Promise.all(sessions.map((session) => session.check())));
  }
}
