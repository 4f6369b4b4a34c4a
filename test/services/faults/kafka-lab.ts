import { type CertificateFiles, LabCa } from "../../../lab/certificates.ts";
import { Kafka } from "../../../lab/kafka.ts";
import type { Listener } from "../../../lab/kafka-configuration.ts";
import { planted } from "../../support/planted.ts";
import { KerberosLab } from "./kerberos-lab.ts";

type Env = Readonly<Record<string, string>>;

/** A KDC, and a broker with every listener. Its certificate has the name localhost, and no address. */
export class KafkaLab {
  readonly kerberos: KerberosLab;
  readonly kafka: Kafka;
  readonly keytab: string;
  readonly client: CertificateFiles;
  readonly foreignClient: CertificateFiles;
  readonly ca: LabCa;
  readonly foreignCa: LabCa;

  private constructor(kerberos: KerberosLab, kafka: Kafka, keytab: string, ca: LabCa) {
    this.kerberos = kerberos;
    this.kafka = kafka;
    this.keytab = keytab;
    this.ca = ca;
    this.foreignCa = new LabCa(kerberos.folder.at("foreign-ca"), "Foreign CA");
    this.client = ca.issue(kerberos.folder.at("client"), { commonName: "flink" });
    this.foreignClient = this.foreignCa.issue(kerberos.folder.at("foreign-client"), { commonName: "flink" });
  }

  static async start(): Promise<KafkaLab> {
    const kerberos = await KerberosLab.start();
    const { folder, kdc } = kerberos;
    const keytab = await kdc.addWithKeytab(folder.at("kafka.keytab"), "kafka/localhost");
    const ca = new LabCa(folder.at("ca"));
    const kafka = await Kafka.start({
      folder: folder.at("kafka"),
      kerberos: { krb5Conf: kdc.krb5Conf, keytab, principal: `kafka/localhost@${kdc.realm}` },
      certificate: ca.issue(folder.at("broker"), { ip: [] }),
      users: { flink: `${planted}-right` },
    });
    return new KafkaLab(kerberos, kafka, keytab, ca);
  }

  async stop(): Promise<void> {
    await this.kafka.stop();
    await this.kerberos.stop();
  }

  /** To a listener without Kerberos. */
  plain(listener: Listener, changes: Env = {}): Env {
    return {
      SLUICE_RUN_DIR: this.kerberos.folder.at("run"),
      KAFKA_BOOTSTRAP_SERVERS: this.kafka.bootstrap(listener),
      ...(listener.endsWith("SSL") && this.tls()),
      ...changes,
    };
  }

  /** By user and password. */
  byPassword(mechanism: string, changes: Env = {}): Env {
    const user = {
      KAFKA_SASL_MECHANISM: mechanism,
      KAFKA_SASL_USERNAME: "flink",
      KAFKA_SASL_PASSWORD: `${planted}-right`,
    };
    return this.plain("SASL_SSL", { ...user, ...changes });
  }

  /** To a listener with Kerberos. */
  byTicket(listener: Listener = "SASL_PLAINTEXT", changes: Env = {}): Env {
    return this.kerberos.env({ ...this.plain(listener), KAFKA_KERBEROS_ENABLED: "true", ...changes });
  }

  tls(): Env {
    return { KAFKA_SSL_ENABLED: "true", KAFKA_SSL_CA_DIR: this.ca.folder };
  }

  /** The listener by another name of this host. */
  byAddress(listener: Listener): Env {
    return { KAFKA_BOOTSTRAP_SERVERS: this.kafka.bootstrap(listener).replace("localhost", "127.0.0.1") };
  }
}
