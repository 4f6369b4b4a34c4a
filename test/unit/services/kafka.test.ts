import { describe, expect, it } from "vitest";
import { kafka } from "../../../src/services/kafka/index.ts";
import { readProperties } from "../../../src/formats/java-properties.ts";
import { openText } from "../../support/open-text.ts";
import { writeKeytab } from "../../support/keytabs.ts";
import { type PlannedFeature, planFeature, type World } from "../../support/plan-feature.ts";

const runDir = "/tmp/sluice-9999";
const servers = { KAFKA_BOOTSTRAP_SERVERS: "a:1, b:2" };
const scram = {
  ...servers,
  KAFKA_SASL_MECHANISM: "SCRAM-SHA-256",
  KAFKA_SASL_USERNAME: "flink",
  KAFKA_SASL_PASSWORD: "planted",
};

function planKafka(environment: Readonly<Record<string, string>>, world: World = {}): PlannedFeature {
  return planFeature(kafka, { ...world, environment });
}

/** A rendered file, as it is written. */
function file({ contribution }: PlannedFeature, name: string): string {
  const content = contribution.files?.find(({ path }) => path === `${runDir}/jobmanager/${name}`)?.content;
  return content?.kind === "text" ? openText(content.text) : "";
}

function properties(planned: PlannedFeature): Readonly<Record<string, string>> {
  return Object.fromEntries(readProperties(file(planned, "kafka-client.properties")));
}

describe("kafka", () => {
  // Members of the family are trust's; here the name alone counts.
  const tls = { KAFKA_SSL_ENABLED: "true" };

  it.each([
    [servers, {}, "PLAINTEXT"],
    [servers, tls, "SSL"],
    [scram, {}, "SASL_PLAINTEXT"],
    [scram, tls, "SASL_SSL"],
  ])("%j with %j speaks %s", (environment, more, protocol) => {
    const planned = planFeature({ ...kafka, envPatterns }, { environment: { ...environment, ...more } });
    expect(planned.problemLines).toEqual([]);
    expect(properties(planned)).toMatchObject({ "bootstrap.servers": "a:1,b:2", "security.protocol": protocol });
  });

  it("takes Flink's login for Kerberos, and asks Flink for it", () => {
    const planned = planKafka(
      { ...servers, KAFKA_KERBEROS_ENABLED: "true" },
      { outputs: { kerberos: { realm: "CORP", keytab: "/keytab", principal: "flink@CORP", realms: [] } } },
    );
    expect(planned.problemLines).toEqual([]);
    expect(planned.contribution.jaasContexts).toEqual(["KafkaClient"]);
    expect(properties(planned)).toEqual({
      "bootstrap.servers": "a:1,b:2",
      "security.protocol": "SASL_PLAINTEXT",
      "sasl.mechanism": "GSSAPI",
      "sasl.kerberos.service.name": "kafka",
      "sasl.jaas.config": expect.stringMatching(/Krb5LoginModule .* keyTab="\/keytab" principal="flink@CORP";$/),
    });
    expect(file(planned, "kafka-table.sql")).not.toContain("jaas");
  });

  it("logs in by itself with a principal of its own, and leaves Flink out of it", () => {
    const planned = planKafka(
      { ...servers, KAFKA_KERBEROS_ENABLED: "true", KAFKA_KERBEROS_PRINCIPAL: "job" },
      {
        outputs: { kerberos: { realm: "CORP", keytab: "/keytab", principal: "flink@CORP", realms: [] } },
        files: { "/keytab": writeKeytab([{ principal: "job@CORP", kvno: 1, encryptionType: 17 }]) },
      },
    );
    expect(planned.problemLines).toEqual([]);
    expect(planned.contribution.jaasContexts).toBeUndefined();
    expect(properties(planned)["sasl.jaas.config"]).toMatch(
      /Krb5LoginModule .* keyTab="\/keytab" principal="job@CORP";$/,
    );
  });

  it("keeps secrets out of the table and of the plan, and says where they go", () => {
    const planned = planKafka(scram);
    const module = "org.apache.kafka.common.security.scram.ScramLoginModule";
    expect(properties(planned)["sasl.jaas.config"]).toBe(`${module} required username="flink" password="planted";`);
    expect(file(planned, "kafka-table.sql")).toContain(
      `'properties.sasl.jaas.config' = 'org.apache.flink.kafka.shaded.${module} required username="flink" password="…";'`,
    );
    expect(file(planned, "kafka-table.sql")).not.toContain("planted");
    expect(JSON.stringify(planned.contribution)).not.toContain("planted");
  });

  it("writes what Java and SQL read back, whatever the user name is", () => {
    const KAFKA_SASL_USERNAME = `O'Brien "x" \\ \n;`;
    const planned = planKafka({ ...scram, KAFKA_SASL_USERNAME });
    expect(properties(planned)["sasl.jaas.config"]).toContain(String.raw`username="O'Brien \"x\" \\ \n;"`);
    expect(file(planned, "kafka-table.sql")).toContain(String.raw`username="O''Brien \"x\" \\ \n;"`);
  });

  it.each([
    [{ KAFKA_PROPERTIES: "=x" }, "kafka/bad-properties KAFKA_PROPERTIES: a property has no name"],
    [
      { KAFKA_PROPERTIES: "sasl.mechanism: PLAIN" },
      "kafka/contradiction KAFKA_PROPERTIES: KAFKA_SASL_MECHANISM sets sasl.mechanism to SCRAM-SHA-256",
    ],
    [{ KAFKA_PROPERTIES: "sasl.mechanism: SCRAM-SHA-256\nclient.id=\\u0000" }, undefined],
  ])("%j", (environment, line) => {
    expect(planKafka({ ...scram, ...environment }).problemLines).toEqual(line === undefined ? [] : [line]);
  });
});

/** The family that trust declares. */
const envPatterns = [{ name: "<SERVICE>_SSL_ENABLED", desc: "", expects: "", example: "" }];
