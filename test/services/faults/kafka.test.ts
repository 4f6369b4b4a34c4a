import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkIn, itFinds } from "./fault.ts";
import { kafkaFaults } from "./kafka-faults.ts";
import { KafkaLab } from "./kafka-lab.ts";

describe("sluice check and a real Kafka", () => {
  let lab: KafkaLab;
  beforeAll(async () => {
    lab = await KafkaLab.start();
  });
  afterAll(async () => lab?.stop());

  it.each<[string, (lab: KafkaLab) => Readonly<Record<string, string>>, string]>([
    ["Kerberos", (all) => all.byTicket(), "takes the ticket for kafka/localhost, kvno 1"],
    ["Kerberos and TLS", (all) => all.byTicket("SASL_SSL"), "takes the ticket for kafka/localhost, kvno 1"],
    ["PLAIN and TLS", (all) => all.byPassword("PLAIN"), "has logged flink in by PLAIN"],
    ["SCRAM and TLS", (all) => all.byPassword("SCRAM-SHA-512"), "has logged flink in by SCRAM-SHA-512"],
    [
      "a client certificate",
      (all) => all.plain("SSL", { KAFKA_SSL_DIR: all.client.folder }),
      "takes clients without SASL",
    ],
    ["nothing", (all) => all.plain("PLAINTEXT"), "takes clients without SASL"],
  ])("finds nothing where all is well with %s", async (_how, env, text) => {
    const { exitCode, report } = await checkIn(env(lab));
    expect(report.problems).toEqual([]);
    expect(report.notices.map((notice) => notice.text)).toContain(text);
    expect(exitCode).toBe(0);
  });

  itFinds(kafkaFaults, () => lab);
});
