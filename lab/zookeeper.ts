import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeJaasEntry } from "../src/formats/kerberos/jaas.ts";
import { freePorts } from "../testkit/free-ports.ts";
import { jdkProgram, smallJvm } from "./java.ts";
import { isListening } from "./listening.ts";
import { propertiesText } from "./kafka-configuration.ts";
import type { Kdc } from "./kdc.ts";
import { ServerProcess } from "./server-process.ts";

const packaged = "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server";

export interface ZooKeeperOptions {
  /** For ZooKeeper alone; made when it is not there. */
  readonly folder: string;
  /** Has the server in it, for Flink's own bin/zookeeper.sh. */
  readonly flinkHome: string;
  /** Gets the principal `zookeeper/localhost`. Clients have to log in. */
  readonly kdc: Kdc;
}

/** A ZooKeeper of one node with Kerberos, on a port of localhost. */
export class ZooKeeper {
  readonly quorum: string;
  readonly #process: ServerProcess;

  private constructor(quorum: string, process: ServerProcess) {
    this.quorum = quorum;
    this.#process = process;
  }

  static async start({ folder, flinkHome, kdc }: ZooKeeperOptions): Promise<ZooKeeper> {
    const [port = 0] = await freePorts(1);
    mkdirSync(join(folder, "data"), { recursive: true });
    const keyTab = await kdc.addWithKeytab(join(folder, "zookeeper.keytab"), "zookeeper/localhost");
    const principal = `zookeeper/localhost@${kdc.realm}`;
    const options = { useKeyTab: "true", storeKey: "true", useTicketCache: "false", keyTab, principal };
    const jaas = join(folder, "jaas.conf");
    writeFileSync(
      jaas,
      `Server {\n${writeJaasEntry({ module: "com.sun.security.auth.module.Krb5LoginModule", options })}\n};\n`,
    );
    const configuration = join(folder, "zoo.cfg");
    const properties = {
      dataDir: join(folder, "data"),
      clientPort: String(port),
      clientPortAddress: "127.0.0.1",
      tickTime: "1000",
      "admin.enableServer": "false",
      "authProvider.sasl": `${packaged}.auth.SASLAuthenticationProvider`,
      sessionRequireClientSASLAuth: "true",
    };
    writeFileSync(configuration, propertiesText(properties));
    const krb5 = [`-Djava.security.krb5.conf=${kdc.krb5Conf}`, `-Djava.security.auth.login.config=${jaas}`];
    const classPath = join(flinkHome, "lib", "*");
    const jvm = [...smallJvm, "-Xmx64m", ...krb5, "-Dzookeeper.sessionRequireClientSASLAuth=true", "-cp", classPath];
    const process = await ServerProcess.start(
      {
        name: "ZooKeeper",
        command: jdkProgram("java"),
        args: [...jvm, `${packaged}.ZooKeeperServerMain`, configuration],
        cwd: folder,
        log: join(folder, "zookeeper.log"),
      },
      () => isListening(port),
    );
    return new ZooKeeper(`localhost:${port}`, process);
  }

  get process(): ServerProcess {
    return this.#process;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
