import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LabCa } from "../../lab/certificates.ts";
import { smallJvm } from "../../lab/java.ts";
import { Kafka, kafkaJars } from "../../lab/kafka.ts";
import { Kdc } from "../../lab/kdc.ts";
import { runSluice, type SluiceResult } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";

/** PLAIN is written the same way. */
const mechanisms = process.env["SLUICE_TEST_FULL"] === "1" ? ["SCRAM-SHA-512", "PLAIN"] : ["SCRAM-SHA-512"];
const lines = ["one", "two: ö"];
const password = 'p;a"s s\\w=ö#rd';

describe("Kafka's own tools with the kafka-client.properties that sluice renders", () => {
  let folder: TemporaryFolder;
  let kdc: Kdc | undefined;
  let kafka: Kafka;
  let jars: string;
  let byKerberos: Record<string, string>;
  let byOwnPrincipal: Record<string, string>;

  beforeAll(async () => {
    folder = temporaryFolder();
    jars = await kafkaJars();
    kdc = await Kdc.start({ folder: folder.at("kdc") });
    const principal = `kafka/localhost@${kdc.realm}`;
    const broker = await kdc.addWithKeytab(folder.at("kafka.keytab"), principal);
    byKerberos = {
      KERBEROS_ENABLED: "true",
      KERBEROS_KDC: `127.0.0.1:${kdc.port}`,
      KERBEROS_REALM: kdc.realm,
      KERBEROS_KEYTAB: await kdc.addWithKeytab(folder.at("flink.keytab"), "flink"),
      KAFKA_KERBEROS_ENABLED: "true",
    };
    byOwnPrincipal = {
      ...byKerberos,
      KAFKA_KERBEROS_PRINCIPAL: "reader",
      KAFKA_KERBEROS_KEYTAB: await kdc.addWithKeytab(folder.at("reader.keytab"), "reader"),
    };
    const ca = new LabCa(folder.at("ca"));
    ca.issue(folder.at("client"), { commonName: "flink", dns: [], ip: [] });
    kafka = await Kafka.start({
      folder: folder.at("kafka"),
      kerberos: { krb5Conf: kdc.krb5Conf, keytab: broker, principal },
      certificate: ca.issue(folder.at("broker")),
      users: { flink: password },
    });
  });
  afterAll(async () => {
    await kafka?.stop();
    await kdc?.stop();
    folder?.[Symbol.dispose]();
  });

  const tls = () => ({ KAFKA_SSL_ENABLED: "true", KAFKA_SSL_CA_DIR: folder.at("ca") });

  /** Runs one of Kafka's tools by `sluice run`, as an operator would in the container. */
  function tool(name: string, args: string, env: Readonly<Record<string, string>>): Promise<SluiceResult> {
    const jvm = [...smallJvm, "-Xmx128m", '-Djava.security.krb5.conf="$KRB5_CONFIG"', `-cp '${join(jars, "*")}'`];
    const config = '--bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --command-config "$KAFKA_CLIENT_PROPERTIES"';
    const line = `exec java ${jvm.join(" ")} org.apache.kafka.tools.${name} ${config} ${args}`;
    return runSluice(["run", "sh", "-c", line], { env: { SLUICE_RUN_DIR: folder.at("run"), ...env } });
  }

  /** Writes two lines into a topic, and returns what is then read from it. */
  async function writeAndRead(topic: string, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
    writeFileSync(folder.at(topic), lines.join("\n"));
    const written = await tool("ConsoleProducer", `--topic ${topic} < ${folder.at(topic)}`, env);
    if (written.exitCode !== 0) throw new Error(written.stdout + written.stderr);
    const reading = `--topic ${topic} --from-beginning --max-messages 2 --timeout-ms 60000`;
    const read = await tool("consumer.ConsoleConsumer", reading, env);
    if (read.exitCode !== 0) throw new Error(read.stdout + read.stderr);
    return read.stdout.trimEnd().split("\n");
  }

  it("write and read with Flink's principal over SASL_PLAINTEXT", async () => {
    expect(
      await writeAndRead("flink", { ...byKerberos, KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrap("SASL_PLAINTEXT") }),
    ).toEqual(lines);
  });

  it("write and read with a principal of their own over SASL_SSL", async () => {
    expect(
      await writeAndRead("own", { ...byOwnPrincipal, ...tls(), KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrap("SASL_SSL") }),
    ).toEqual(lines);
  });

  it.each(mechanisms)("write and read by %s over SASL_SSL, whatever is in the password", async (mechanism) => {
    expect(
      await writeAndRead(mechanism, {
        ...tls(),
        KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrap("SASL_SSL"),
        KAFKA_SASL_MECHANISM: mechanism,
        KAFKA_SASL_USERNAME: "flink",
        KAFKA_SASL_PASSWORD: password,
      }),
    ).toEqual(lines);
  });

  it("write and read by a client certificate over SSL", async () => {
    const own = { KAFKA_SSL_DIR: folder.at("client"), KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrap("SSL") };
    expect(await writeAndRead("certificate", { ...tls(), ...own })).toEqual(lines);
  });
});
