import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LabCa } from "../../lab/certificates.ts";
import { hadoopClientJars, Hdfs } from "../../lab/hdfs.ts";
import { smallJvm } from "../../lab/java.ts";
import { Kdc } from "../../lab/kdc.ts";
import { runSluice, type SluiceResult } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";

describe("Hadoop's own client with the XML that sluice renders", () => {
  let folder: TemporaryFolder;
  let kdc: Kdc | undefined;
  let hdfs: Hdfs | undefined;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = temporaryFolder();
    kdc = await Kdc.start({ folder: folder.at("kdc") });
    const certificate = new LabCa(folder.at("ca")).issue(folder.at("certificate"));
    hdfs = await Hdfs.start({ folder: folder.at("hdfs"), kdc, certificate, users: ["flink"] });
    env = {
      SLUICE_RUN_DIR: folder.at("run"),
      KERBEROS_ENABLED: "true",
      KERBEROS_KDC: `127.0.0.1:${kdc.port}`,
      KERBEROS_REALM: kdc.realm,
      KERBEROS_KEYTAB: await kdc.addWithKeytab(folder.at("flink.keytab"), "flink"),
      HDFS_KERBEROS_ENABLED: "true",
      HDFS_DEFAULT_FS: hdfs.url,
      HADOOP_CLASSPATH: join(await hadoopClientJars(), "*"),
      // How Hadoop's own client is told of a keytab; Flink has it from its configuration.
      KRB5PRINCIPAL: "flink",
      KRB5KEYTAB: folder.at("flink.keytab"),
    };
  });
  afterAll(async () => {
    await hdfs?.stop();
    await kdc?.stop();
    folder?.[Symbol.dispose]();
  });

  /** `hadoop fs`, as an operator would run it in the container. */
  function fs(args: string, more: Readonly<Record<string, string>> = {}): Promise<SluiceResult> {
    const jvm = `${smallJvm.join(" ")} -Djava.security.krb5.conf="$KRB5_CONFIG" -Dsun.security.krb5.debug=true`;
    const classPath = '"$HADOOP_CONF_DIR:$HADOOP_CLASSPATH"';
    const line = `exec java ${jvm} -cp ${classPath} org.apache.hadoop.fs.FsShell ${args}`;
    return runSluice(["run", "sh", "-c", line], { env: { ...env, ...more } });
  }

  it("writes a file and reads it, with the data encrypted on the wire", async () => {
    const text = "from sluice: ö\n";
    writeFileSync(folder.at("text"), text);
    const put = await fs(`-put ${folder.at("text")} /user/flink/text`);
    expect(put.exitCode, put.stdout + put.stderr).toBe(0);
    const cat = await fs("-cat /user/flink/text");
    expect(cat.stdout, cat.stderr).toContain(text);
  });

  it("belongs to the principal", async () => {
    const { stdout, stderr } = await fs("-stat %u /user/flink");
    expect(stdout, stderr).toMatch(/^flink$/m);
  });

  it("is told by krb5.conf to ask the KDC by TCP, and for how long", async () => {
    const { stdout } = await fs("-ls /user/flink");
    expect(stdout).toContain(`KDCCommunication: kdc=127.0.0.1 TCP:${kdc?.port}, timeout=3000,Attempt =1`);
    expect(stdout).toContain(folder.at("run", "client", "krb5.conf"));
  });

  it("is refused where it asks for less than the NameNode wants", async () => {
    const tooLittle = { CORE_CONF_hadoop_rpc_protection: "authentication" };
    const once = { CORE_CONF_ipc_client_connect_max_retries_on_sasl: "0" };
    const { exitCode, stderr } = await fs("-ls /user/flink", { ...tooLittle, ...once });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("No common protection layer between client and server");
  });
});
