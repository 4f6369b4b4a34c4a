import * as fc from "fast-check";
import { declarations } from "../../src/cli/environment-reference.ts";
import { keyPassword, planted, storePassword } from "./planted.ts";

type Assignment = readonly [name: string, value: string];

const variables = declarations.flatMap(({ env }) => Object.entries(env));
const hidden = variables.filter(([, { holds }]) => holds !== "value").map(([name]) => name);
const secrets = variables.filter(([, { holds }]) => holds === "secret").map(([name]) => name);
const families = declarations.flatMap(({ envPatterns = [] }) => envPatterns.map(({ name }) => name));

const service = fc.constantFrom("KAFKA", "HDFS", "S3", "VAULT", "KAFAK", "FLINK", "X", "__proto__", "CONSTRUCTOR");
const member = fc
  .tuple(fc.constantFrom(...families), service)
  .map(([family, name]) => family.replace(/<[A-Z_]+>/, name));
const ownName = fc.oneof(
  fc.constantFrom(...variables.map(([name]) => name)),
  fc.constantFrom(...hidden).map((name) => `${name}_FILE`),
  member,
);
/** What Kubernetes and others set beside ours, and what no program expects to be set. */
const otherName = fc.oneof(
  service.map((name) => `${name}_SERVICE_HOST`),
  service.map((name) => `${name}_PORT_9092_TCP_ADDR`),
  fc.constantFrom("PATH", "FLINK_ENV_JAVA_OPTS", "JVM_ARGS", "HADOOP_CLASSPATH", "__proto__", "constructor"),
  fc.string({ minLength: 1, maxLength: 12 }),
);

const words = ["rest.port", "env.java.opts.all", "security.ssl.internal.enabled", "a", "a.b", "true", "1g"];
const signs = [
  ": ",
  ":",
  "\n",
  "\n  ",
  "- ",
  "#",
  "'",
  '"',
  "[",
  "{",
  "|",
  "&a ",
  "*a",
  "\t",
  "\r\n",
  "---\n",
  "=",
  "\\",
];
const expansions = ["${HOME}", "${NONE}", "${NONE:-x}", "$$", "${", "$HOME", "${KAFKA_PASSWORD}", "$(id)", "`id`"];

/** Pieces of YAML, properties and shell in any order, with any character between them. */
const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...words, ...signs, ...expansions), fc.string({ unit: "binary", maxLength: 6 })), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(""));

const paths = ["/certs/internal", "/certs/rest", "/certs/broken", "/certs/empty", "/certs/kafka/ca.crt", "/opt/flink"];
const oddPaths = [
  "/etc/flink/binary",
  "/etc/fifo",
  "/nowhere",
  "/",
  "relative",
  "/certs/../certs/kafka",
  "/\u001B[31m/\n",
];
const hostilePath = fc.constantFrom(...paths, ...oddPaths, `/${"x".repeat(300)}`);
const hostileValue = fc.oneof(hostilePath, hostileText, fc.constantFrom("TRUE", " true", "yes please", "-1", "", "\n"));

/** A value that the variable takes, as far as the words for it tell. */
function sensible(name: string, expects: string): fc.Arbitrary<Assignment> {
  const values =
    { "true or false": ["true", "false", "1"], "an absolute path": ["/certs/kafka", "/opt/java"] }[expects] ??
    (/^\w+(, \w+)* or \w+$/.test(expects) ? expects.split(/, | or /) : ["4", "kafka", "a.example.com"]);
  return fc.constantFrom(...values).map((value) => [name, value] as const);
}

const sensibleLines = fc
  .subarray([
    "rest.port: 8082",
    "parallelism.default: ${NONE:-2}",
    "env.java.opts.all: -Da='b c'",
    "rest:\n  address: web",
  ])
  .map((lines) => lines.join("\n"));

const assignment: fc.Arbitrary<Assignment> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.oneof(
      ...variables.filter(([, { holds }]) => holds === "value").map(([name, { expects }]) => sensible(name, expects)),
      member.map((name) => [name, name.endsWith("_ENABLED") ? "true" : "/certs/kafka"] as const),
      fc.constantFrom(
        ["FLINK_PROPERTIES_FILE", "/etc/flink/properties"],
        ["FLINK_SSL_INTERNAL_PASSWORD_FILE", "/etc/password"],
      ),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(ownName, hostileValue) },
  { weight: 1, arbitrary: fc.tuple(otherName, hostileValue) },
);

/** Variables of secrets hold nothing but secrets, sometimes with a line end or what has to be quoted. */
const secretAssignment: fc.Arbitrary<Assignment> = fc.oneof(
  fc.constantFrom(["FLINK_SSL_INTERNAL_PASSWORD", keyPassword], ["FLINK_SSL_REST_PASSWORD", `${storePassword}\n`]),
  fc.tuple(fc.constantFrom("KAFKA_PASSWORD", ...secrets), fc.constantFrom(`${planted} "#\\`, `${planted}\r\n`)),
);

/** Mostly what a person would set, with a wrong value here and there; every secret in it is planted. */
export const randomEnvironment: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .record({
    own: fc.array(assignment, { maxLength: 5 }),
    secret: fc.array(secretAssignment, { maxLength: 2 }),
    properties: fc.option(fc.oneof({ weight: 3, arbitrary: sensibleLines }, { weight: 1, arbitrary: hostileText })),
  })
  .map(({ own, secret, properties }) => ({
    JAVA_HOME: "/opt/java",
    ...Object.fromEntries([...own, ...secret]),
    ...(properties !== null && { FLINK_PROPERTIES: `${properties}\nfs.s3a.secret.key: ${planted}-in-a-text` }),
  }));

const argument = fc.oneof(fc.constantFrom("-D", "-Da=b", "-Drest.port=1", "--", "--job-classname"), hostileText);

export const randomCommand: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.constantFrom(["jobmanager"], ["taskmanager"], ["history-server"], ["constructor"]),
  fc.constantFrom(["bash", "-c", "kubernetes-jobmanager.sh kubernetes-session"], ["sql-client.sh"]),
  fc
    .tuple(fc.constantFrom("standalone-job", "taskmanager", "flink"), fc.array(argument, { maxLength: 4 }))
    .map(([first, rest]) => [first, ...rest]),
);
