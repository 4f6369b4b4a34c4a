import { shiftedClock } from "../../support/shifted-clock.ts";
import { fullBacklog, oldTlsServer, webServer } from "../../support/strange-servers.ts";
import { planted } from "../../support/planted.ts";
import type { Fault } from "./fault.ts";
import type { KafkaLab } from "./kafka-lab.ts";

type KafkaFault = Fault<KafkaLab>;

const days = 86_400;

const reachFaults: readonly KafkaFault[] = [
  {
    name: "the broker's name is wrong",
    make: (lab) => ({ env: lab.plain("PLAINTEXT", { KAFKA_BOOTSTRAP_SERVERS: "kafka.nowhere.invalid:9092" }) }),
    code: "broker/unknown-host",
    hint: "KAFKA_BOOTSTRAP_SERVERS",
  },
  {
    name: "nothing listens on the broker's port",
    make: (lab) => ({ env: lab.plain("PLAINTEXT", { KAFKA_BOOTSTRAP_SERVERS: "localhost:1" }) }),
    code: "broker/refused",
    hint: "start the broker",
  },
  {
    name: "the broker hangs",
    make: (lab) => {
      lab.kafka.process?.pause();
      return { env: lab.byTicket(), undo: () => lab.kafka.process?.resume() };
    },
    code: "broker/silent",
    hint: "network policies",
  },
  {
    name: "the broker hangs behind TLS",
    make: (lab) => {
      lab.kafka.process?.pause();
      return { env: lab.byTicket("SASL_SSL"), undo: () => lab.kafka.process?.resume() };
    },
    code: "broker/silent",
    hint: "network policies",
  },
  {
    name: "a firewall drops what goes to one broker of two, which is a warning",
    make: async (lab) => {
      const server = await fullBacklog();
      const servers = `127.0.0.1:${server.port},${lab.kafka.bootstrap("PLAINTEXT")}`;
      return { env: lab.plain("PLAINTEXT", { KAFKA_BOOTSTRAP_SERVERS: servers }), undo: () => server.stop() };
    },
    hint: "firewalls",
  },
  {
    name: "a web server listens where the broker should",
    make: async (lab) => {
      const server = await webServer();
      const servers = { KAFKA_BOOTSTRAP_SERVERS: `127.0.0.1:${server.port}` };
      return { env: lab.plain("PLAINTEXT", servers), undo: () => server.stop() };
    },
    code: "broker/not-kafka",
    hint: "a Kafka broker",
  },
];

const protocolFaults: readonly KafkaFault[] = [
  {
    name: "a client without TLS comes to a port with TLS",
    make: (lab) => ({ env: lab.byTicket("SASL_SSL", { KAFKA_SSL_ENABLED: "false", KAFKA_SSL_CA_DIR: "" }) }),
    code: "broker/needs-tls",
    hint: "set KAFKA_SSL_ENABLED=true",
  },
  {
    name: "a client with TLS comes to a port without",
    make: (lab) => ({ env: lab.byTicket("SASL_PLAINTEXT", lab.tls()) }),
    code: "broker/no-tls",
    hint: "unset KAFKA_SSL_ENABLED",
  },
  {
    name: "a client without SASL comes to a listener with SASL",
    make: (lab) => ({ env: lab.plain("SASL_PLAINTEXT") }),
    code: "broker/needs-sasl",
    hint: "KAFKA_KERBEROS_ENABLED",
  },
  {
    name: "a client with SASL comes to a listener without",
    make: (lab) => ({ env: lab.byTicket("PLAINTEXT") }),
    code: "broker/no-sasl",
    hint: "port with SASL",
  },
  {
    name: "the listener has not enabled the mechanism",
    make: (lab) => ({ env: lab.byPassword("SCRAM-SHA-256") }),
    code: "broker/mechanism-off",
    hint: "have the listener enable it",
  },
];

const loginFaults: readonly KafkaFault[] = [
  {
    name: "the password for PLAIN is wrong",
    make: (lab) => ({ env: lab.byPassword("PLAIN", { KAFKA_SASL_PASSWORD: `${planted}-wrong` }) }),
    code: "broker/login-refused",
    hint: "KAFKA_SASL_PASSWORD",
  },
  {
    name: "the password for SCRAM is wrong",
    make: (lab) => ({ env: lab.byPassword("SCRAM-SHA-512", { KAFKA_SASL_PASSWORD: `${planted}-wrong` }) }),
    code: "broker/login-refused",
    hint: "KAFKA_SASL_PASSWORD",
  },
  {
    name: "the brokers' principal has another name",
    make: (lab) => ({ env: lab.byTicket("SASL_PLAINTEXT", { KAFKA_KERBEROS_SERVICE_NAME: "broker" }) }),
    code: "kdc/service-unknown",
    hint: "KAFKA_KERBEROS_SERVICE_NAME",
  },
  {
    name: "the broker's principal has another host",
    make: (lab) => ({ env: lab.byTicket("SASL_PLAINTEXT", lab.byAddress("SASL_PLAINTEXT")) }),
    code: "kdc/service-unknown",
    hint: "kafka/127.0.0.1",
  },
  {
    name: "the broker's keytab is stale",
    make: async (lab) => {
      await lab.kerberos.kdc.changeKey("kafka/localhost");
      return {
        env: lab.byTicket(),
        undo: () => lab.kerberos.kdc.keytab(lab.keytab, "kafka/localhost"),
      };
    },
    code: "broker/ticket-refused",
    hint: "write the broker's keytab again",
  },
];

const tlsFaults: readonly KafkaFault[] = [
  {
    name: "the CA of the broker's certificate is not trusted",
    make: (lab) => ({ env: lab.byPassword("PLAIN", { KAFKA_SSL_CA_DIR: lab.foreignCa.folder }) }),
    code: "peer/untrusted",
    hint: "folder of KAFKA_SSL_CA_DIR",
  },
  {
    name: "the broker's certificate has another name",
    make: (lab) => ({ env: lab.byPassword("PLAIN", lab.byAddress("SASL_SSL")) }),
    code: "peer/other-name",
    hint: "have one issued for 127.0.0.1",
  },
  {
    name: "the broker's certificate has another name, and that is let pass",
    make: (lab) => ({
      env: lab.byPassword("PLAIN", { ...lab.byAddress("SASL_SSL"), KAFKA_SSL_VERIFY_HOSTNAME: "false" }),
    }),
    hint: "issue the brokers' certificates with their host names",
  },
  {
    name: "the broker's certificate has expired",
    make: (lab) => ({ env: lab.byPassword("PLAIN", shiftedClock(100 * days)) }),
    code: "peer/expired",
    hint: "renewed",
  },
  {
    name: "the broker's certificate expires soon, which is a warning",
    make: (lab) => ({ env: lab.byPassword("PLAIN", shiftedClock(70 * days)) }),
    hint: "have the server's certificate renewed",
  },
  {
    name: "the broker's certificate is not valid yet",
    make: (lab) => ({ env: lab.byPassword("PLAIN", shiftedClock(-10 * days)) }),
    code: "peer/not-yet-valid",
    hint: "clock",
  },
  {
    name: "the broker wants a client certificate",
    make: (lab) => ({ env: lab.plain("SSL") }),
    code: "peer/client-certificate",
    hint: "KAFKA_SSL_DIR",
  },
  {
    name: "the broker does not trust the client's CA",
    make: (lab) => ({ env: lab.plain("SSL", { KAFKA_SSL_DIR: lab.foreignClient.folder }) }),
    code: "peer/client-certificate",
    hint: "a CA that the server trusts",
  },
  {
    name: "the server has only TLS 1.1",
    make: async (lab) => {
      const server = await oldTlsServer(lab.client);
      const servers = { KAFKA_BOOTSTRAP_SERVERS: `localhost:${server.port}` };
      return { env: lab.plain("SSL", servers), undo: () => server.stop() };
    },
    code: "peer/no-handshake",
    hint: "TLS 1.2",
  },
];

export const kafkaFaults: readonly KafkaFault[] = [...reachFaults, ...protocolFaults, ...loginFaults, ...tlsFaults];
