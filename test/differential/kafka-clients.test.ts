import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { jdkProgram, smallJvm } from "../../lab/java.ts";
import { kafkaJars } from "../../lab/kafka.ts";
import { kafka } from "../../src/services/kafka/index.ts";
import { escapePropertyKey, escapePropertyValue } from "../../src/formats/java-properties.ts";
import { material } from "../support/certificates.ts";
import { orSkip } from "../support/jdks.ts";
import { openText } from "../support/open-text.ts";
import { type PlannedFeature, planFeature } from "../support/plan-feature.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const isFull = process.env["SLUICE_TEST_FULL"] === "1";
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const plainModule = "org.apache.kafka.common.security.plain.PlainLoginModule";
const scramModule = "org.apache.kafka.common.security.scram.ScramLoginModule";
const pem = Buffer.from(material("kafka.crt")).toString("utf8").trim();

/** What stands between a login module and the end, right and wrong. */
const options = [
  ' required username="u" password="p";',
  " required username=u password='it is';",
  ' REQUIRED username="u" password="a\\"b;c"; // ours',
  ' optional /* both */ username="u"\n password="p" ; ',
  ' required username="u" password="p"',
  ' required username="u" password="p;',
  " required username=u password=/run/secret;",
  " required username=u password=1234;",
  " required username=u password=p-1_2.3$;",
  " required username=ü password=größe€;",
  ' username="u" password="p";',
  " required username= password=p;",
  " required username u;",
  " needed username=u password=p;",
  " required;",
  ";",
  "",
  " # comment\n required username=u password=p;",
  ' required username="u" password="";',
  ' required username="u" password="p";;',
];
const jaas = fc.oneof(
  fc.tuple(fc.constantFrom(plainModule, scramModule), fc.constantFrom(...options)).map((parts) => parts.join("")),
  fc.constantFrom(
    "",
    " ",
    "// nothing",
    `"${plainModule}" required username=u password=p;`,
    `${plainModule} required username=u password=p; ${scramModule} required username=u password=p;`,
    `123 required username=u password=p;`,
  ),
  // Any text after a module that is there: the tokenizer has many corners.
  fc
    .array(
      fc.constantFrom(
        " ",
        "required",
        "a",
        "=",
        '"',
        "'",
        ";",
        "/",
        "*",
        "\\",
        "7",
        "-",
        ".",
        "\n",
        "ü",
        "€",
        "#",
        "$",
      ),
      {
        maxLength: 14,
      },
    )
    .map((parts) => `${plainModule} required username=u password=p ${parts.join("")};`),
);
/** Most values are right, so that one that is wrong is seldom hidden by another. */
const mostly = <T>(good: T, others: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: others });
const optional = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });
const properties = fc.record({
  "security.protocol": optional(
    mostly(
      "SASL_SSL",
      fc.constantFrom("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "sasl_ssl", " SASL_SSL ", "SASL_SSL\u00a0", "TLS", ""),
    ),
    3,
  ),
  "sasl.mechanism": optional(fc.constantFrom("PLAIN", "SCRAM-SHA-512", " PLAIN "), 8),
  "sasl.jaas.config": optional(jaas, 12),
  "ssl.truststore.certificates": mostly<string | undefined>(
    undefined,
    fc.constantFrom(
      pem,
      pem.replaceAll("\n", " "),
      pem.slice(0, 300),
      "-----BEGIN CERTIFICATE-----",
      `subject=CN\n${pem}\n`,
      `${pem}\n${pem}`,
      "",
    ),
  ),
  "bootstrap.servers": mostly(
    "127.0.0.1:1",
    fc.constantFrom(
      "127.0.0.1:1, 127.0.0.1:2",
      "127.0.0.1:1,,",
      "SASL_SSL://127.0.0.1:1",
      "[::1]:1",
      "127.0.0.1",
      "127.0.0.1:65536",
      "127.0.0.1:0",
      "",
      "http://127.0.0.1:1/",
    ),
  ),
});
/** A truststore needs its type: Kafka says so, and Sluice leaves the rest of ssl.* to Kafka. */
const samples = fc
  .sample(properties, { seed: 13, numRuns: isFull ? 6000 : 500 })
  .map((sample) => ({ ...sample, "ssl.truststore.type": sample["ssl.truststore.certificates"] && "PEM" }));

function rendered({ contribution }: PlannedFeature): string {
  const content = contribution.files?.find(({ path }) => path.endsWith("kafka-client.properties"))?.content;
  return content?.kind === "text" ? openText(content.text) : "";
}

const cases = samples.map((sample, index) => {
  const lines = Object.entries(sample).flatMap(([key, value]) =>
    value === undefined ? [] : [`${escapePropertyKey(key)}=${escapePropertyValue(value)}\n`],
  );
  const text = lines.join("");
  const planned = planFeature(kafka, { environment: { KAFKA_PROPERTIES: text } });
  const isAccepted = planned.problems.length === 0;
  const file = folder.at(`${index}.properties`);
  writeFileSync(file, isAccepted ? rendered(planned) : text);
  return { file, text, isAccepted, problems: planned.problemLines, notices: planned.noticeLines };
});

const module = "org.apache.kafka.common.security.oauthbearer";
const oauth = {
  "sasl.mechanism": "OAUTHBEARER",
  "sasl.jaas.config": `${module}.OAuthBearerLoginModule required clientId="flink" clientSecret="planted";`,
  "sasl.login.callback.handler.class": `${module}.OAuthBearerLoginCallbackHandler`,
  "sasl.login.retry.backoff.ms": "1",
  "sasl.login.retry.backoff.max.ms": "1",
};
const secretOf = { KAFKA_OAUTH_CLIENT_ID: "flink", KAFKA_OAUTH_CLIENT_SECRET: "planted" };
/** Where nobody listens: a client that is allowed to ask is refused the connection. */
const endpoints = ["http://127.0.0.1:1/token", "HTTP://127.0.0.1:1", "http://127.0.0.1:1/a%20b~c/token"];
const oauthCases = endpoints.flatMap((endpoint, index) => {
  const own = { ...oauth, "sasl.oauthbearer.token.endpoint.url": endpoint };
  const text = Object.entries(own).map(([key, value]) => `${key}=${value}\n`);
  const byVariables = {
    ...secretOf,
    KAFKA_SASL_MECHANISM: "OAUTHBEARER",
    KAFKA_OAUTH_TOKEN_ENDPOINT: endpoint,
    KAFKA_PROPERTIES: "sasl.login.retry.backoff.ms=1\nsasl.login.retry.backoff.max.ms=1",
  };
  return [{ KAFKA_PROPERTIES: text.join("") }, byVariables].map((environment, way) => {
    const planned = planFeature(kafka, { environment: { KAFKA_BOOTSTRAP_SERVERS: "127.0.0.1:2", ...environment } });
    const file = folder.at(`oauth-${index}-${way}.properties`);
    writeFileSync(file, rendered(planned));
    const allowed = (planned.contribution.jvmOptions ?? []).map((option) => option.replace(/^-D/, ""));
    return { file, line: [file, ...allowed].join("\t"), planned, endpoint };
  });
});

/** Has one JVM make a client with each file. */
async function createClients(): Promise<readonly string[]> {
  const jars = await kafkaJars();
  const source = join(import.meta.dirname, "../support/java/KafkaClients.java");
  const silent = "-Dorg.slf4j.simpleLogger.defaultLogLevel=off";
  const { stdout } = await execa(
    jdkProgram("java"),
    [...smallJvm, silent, "-cp", [join(jars, "*")].join(delimiter), source],
    {
      input: `${[...cases.map(({ file }) => file), ...oauthCases.flatMap(({ file, line }) => [line, file])].join("\n")}\n`,
      env: { LC_ALL: "C.UTF-8" },
    },
  );
  return stdout.trimEnd().split("\n");
}

const answers = await orSkip("Kafka's clients", createClients);
const told = cases.map((one, index) => ({ ...one, said: answers?.[index] ?? "" }));
const accepted = told.filter(({ isAccepted }) => isAccepted);
const refused = told.filter(({ isAccepted }) => !isAccepted);

describe.runIf(answers !== undefined)("Kafka's clients", () => {
  it("take each file that is accepted without a word", () => {
    const wrong = accepted.filter(
      ({ said, notices }) => said !== "created" && !notices.some((line) => excused.test(line)),
    );
    expect(accepted.length).toBeGreaterThan(cases.length / 10);
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it("refuse each file that is refused, but for values that they do not use", () => {
    const wrong = refused.filter(
      ({ said, text, problems }) => said === "created" && !problems.every((line) => isUnused(line, text)),
    );
    expect(refused.length).toBeGreaterThan(cases.length / 10);
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it.each(oauthCases.map((one, index) => [one.endpoint, one, cases.length + 2 * index] as const))(
    "ask for a token at %s, with the JVM's option alone",
    (_endpoint, { planned }, at) => {
      expect(planned.problemLines).toEqual([]);
      expect(answers?.[at]).toContain("Connection refused");
      // Without the option of the JVM.
      expect(answers?.[at + 1]).toContain("sasl.oauthbearer.allowed.urls");
    },
  );
});

/** The JVM of this test has no context of JAAS, and Kafka 3 takes empty servers. */
const excused = /KafkaClient context of the JVM|Kafka 4 refuses empty servers/;

/** A secret that is cut off is refused wherever it stands, because its rest would be shown. */
function isUnused(line: string, text: string): boolean {
  const protocol = /^security\.protocol=(.*)$/m.exec(text)?.[1]?.toUpperCase() ?? "";
  if (line.startsWith("kafka/bad-jaas")) return !protocol.includes("SASL_");
  return line.startsWith("kafka/bad-pem") && !protocol.includes("SSL");
}
