import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { declarations } from "../../src/cli/environment-reference.ts";
import { launcher } from "../../src/cli/launch.ts";
import { makePlan } from "../../src/core/make-plan.ts";
import { planJson } from "../../src/core/plan-json.ts";
import { printPlan } from "../../src/core/print-plan.ts";
import { features } from "../../src/features/index.ts";
import { FormatError } from "../../src/formats/format-error.ts";
import { materialise } from "../../src/shell/materialise.ts";
import { material } from "../support/certificates.ts";
import { CaseRoot } from "../support/case-root.ts";
import { caseSystem, goldenSeed } from "../support/case-system.ts";
import { keyPassword, planted, storePassword } from "../support/planted.ts";
import { stderrOf } from "../support/run-case.ts";

const materials = {
  "/certs/internal/tls.crt": "ec.crt",
  "/certs/internal/tls.key": "ec.encrypted.key",
  "/certs/rest/keystore.p12": "leaf.keystore.p12",
  "/certs/rest/truststore.p12": "ca.truststore.p12",
  "/certs/kafka/ca.crt": "kafka+ca.crt",
  "/certs/broken/tls.crt": "ec.crt unclosed",
  "/certs/broken/tls.key": "other.key",
  "/certs/broken/ca.p7b": "ca.p7b half",
  "/opt/java/lib/security/cacerts": "jdk.cacerts.jks",
};

const root = new CaseRoot({
  name: "random",
  folder: "/nonexistent",
  environment: {},
  options: {
    bytes: {
      ...Object.fromEntries(
        Object.entries(materials).map(([path, name]) => [path, Buffer.from(material(name)).toString("latin1")]),
      ),
      "/opt/flink/conf/config.yaml": `rest.port: 8081\ns3.secret-key: ${planted}-in-config-yaml\njobmanager.memory.process.size: 1600m\n`,
      "/opt/flink/lib/flink-dist-2.3.0.jar": "",
      "/opt/flink/opt/flink-s3-fs-hadoop-2.3.0.jar": "",
      "/opt/java/bin/java": "",
      "/etc/flink/properties": `rest.port: 8082\ns3.secret-key: ${planted}-in-a-properties-file\n`,
      "/etc/flink/binary": "\u0000\u00ff\u007fELF",
      "/etc/password": storePassword,
    },
    directories: ["/certs/empty"],
    fifos: ["/etc/fifo"],
  },
});
afterAll(() => root[Symbol.dispose]());

const variables = declarations.flatMap(({ env }) => Object.entries(env));
const hidden = variables.filter(([, { holds }]) => holds !== "value").map(([name]) => name);
const families = declarations.flatMap(({ envPatterns = [] }) => envPatterns.map(({ name }) => name));

const serviceName = fc.constantFrom("KAFKA", "HDFS", "S3", "VAULT", "KAFAK", "FLINK", "X", "__proto__", "CONSTRUCTOR");
const ownName = fc.oneof(
  fc.constantFrom(...variables.map(([name]) => name)),
  fc.constantFrom(...hidden).map((name) => `${name}_FILE`),
  fc.tuple(fc.constantFrom(...families), serviceName).map(([family, name]) => family.replace(/<[A-Z_]+>/, name)),
);
const otherName = fc.oneof(
  serviceName.map((name) => `${name}_SERVICE_HOST`),
  serviceName.map((name) => `${name}_PORT_9092_TCP_ADDR`),
  fc.constantFrom(
    "PATH",
    "FLINK_ENV_JAVA_OPTS",
    "JVM_ARGS",
    "HADOOP_CLASSPATH",
    "__proto__",
    "constructor",
    "toString",
  ),
  fc.string({ minLength: 1, maxLength: 12 }),
);

const path = fc.constantFrom(
  ...Object.keys(materials).flatMap((file) => [file, file.replace(/\/[^/]+$/, "")]),
  "/certs/empty",
  "/etc/flink/properties",
  "/etc/flink/binary",
  "/etc/password",
  "/etc/fifo",
  "/nowhere",
  "/",
  "/opt/flink",
  "/opt/java",
  "relative",
  `/${"x".repeat(300)}`,
  "/certs/../certs/kafka",
  "/\u001b[31m/\n",
);
const flag = fc.constantFrom("true", "false", "1", "no", "TRUE", " true", "yes please");
const piece = fc.oneof(
  fc.constantFrom(
    "rest.port",
    "env.java.opts.all",
    "security.ssl.internal.enabled",
    "a",
    "a.b",
    "taskmanager.memory.process.size",
  ),
  fc.constantFrom(
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
    "true",
    "1g",
    "=",
    " ",
  ),
  fc.constantFrom("${HOME}", "${NONE}", "${NONE:-x}", "$$", "${", "$HOME", "${KAFKA_PASSWORD}", "$(id)", "`id`", "\\"),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
const value = fc.oneof(path, flag, text, fc.constantFrom("4", "vault,kafka", "", "\n"));

/** Variables of secrets hold nothing but secrets, sometimes with a line end or what has to be quoted. */
const secret = fc
  .tuple(fc.constantFrom(keyPassword, storePassword, `${planted} "#\\`), fc.constantFrom("", "\n", "\r\n"))
  .map((parts) => parts.join(""));

const environment = fc
  .record({
    switches: fc.dictionary(
      fc.constantFrom(...variables.map(([name]) => name).filter((name) => name.endsWith("_ENABLED"))),
      fc.constant("true"),
      { maxKeys: 3 },
    ),
    own: fc.dictionary(ownName, value, { maxKeys: 8 }),
    other: fc.dictionary(otherName, value, { maxKeys: 4 }),
    secrets: fc.dictionary(
      fc.constantFrom(
        "KAFKA_PASSWORD",
        ...variables.filter(([, { holds }]) => holds === "secret").map(([name]) => name),
      ),
      secret,
      { maxKeys: 2 },
    ),
    properties: fc.option(text, { nil: undefined }),
  })
  .map(({ switches, own, other, secrets, properties }) => ({
    JAVA_HOME: "/opt/java",
    ...other,
    ...own,
    ...switches,
    ...secrets,
    ...(properties !== undefined && { FLINK_PROPERTIES: `${properties}\nfs.s3a.secret.key: ${planted}-in-a-text` }),
  }));

const command = fc.oneof(
  fc.constantFrom(
    ["jobmanager"],
    ["taskmanager"],
    ["history-server"],
    ["constructor"],
    ["bash", "-c", "kubernetes-jobmanager.sh x"],
  ),
  fc
    .tuple(
      fc.constantFrom("standalone-job", "taskmanager", "flink"),
      fc.array(fc.oneof(fc.constantFrom("-D", "-Da=b", "--"), text), { maxLength: 4 }),
    )
    .map(([first, rest]) => [first, ...rest]),
);

describe("any environment", () => {
  it("comes to a plan or to problems with hints, and shows no secret", () => {
    fc.assert(
      fc.property(environment, command, (env, argv) => {
        const system = caseSystem(root, env, {});
        const planned = makePlan({ command: argv, environment: env, features, system, launch: launcher(system, env) });
        const problems = planned.kind === "problems" ? planned.problems : [];
        const files = planned.kind === "plan" ? planned.plan.files : [];
        const printed = [stderrOf(planned), planJson(planned), planned.kind === "plan" ? printPlan(planned.plan) : ""];
        for (const { path: file, content } of files) ignoringFormat(() => materialise(file, content, () => goldenSeed));
        expect(problems.length > 0).toBe(planned.kind === "problems");
        expect(problems.filter(({ hint, code, text: what }) => hint === "" || code === "" || what === "")).toEqual([]);
        expect(printed.filter((output) => output.includes(planted))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

/** A secret that a file's format cannot say is found when it is opened: see src/cli/run.ts. */
function ignoringFormat(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}
