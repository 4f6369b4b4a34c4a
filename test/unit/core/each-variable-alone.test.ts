import { describe, expect, it } from "vitest";
import { declarations } from "../../../src/cli/environment-reference.ts";
import { launcher } from "../../../src/flink/launcher.ts";
import { makePlan } from "../../../src/core/plan/make-plan.ts";
import { planJson } from "../../../src/core/plan/plan-json.ts";
import { features } from "../../../src/features/index.ts";
import { roleOf } from "../../../src/flink/recognise-command.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { material } from "../../support/certificates.ts";

/** Values that a variable takes, by how they are described; most take any name. */
const values: Readonly<Record<string, string>> = {
  "true or false": "true",
  "an absolute path": "/mounted",
  "a whole number above 0": "3",
  "a whole number of seconds": "30",
  "anything, to turn it on": "1",
};

/** Set to what they are by default, they change nothing, and there is nothing to mention. */
const special: Readonly<Record<string, string>> = {
  FLINK_PROPERTIES: "rest.port: 8082\njobmanager.memory.process.size: 1g",
  KAFKA_PROPERTIES: "acks=all",
  SLUICE_LAUNCH: "scripts",
  HDFS_PROTECTION: "privacy",
  KAFKA_SASL_MECHANISM: "PLAIN",
  FLINK_HOME: "/usr/local/flink",
  FLINK_CONF_DIR: "/mounted",
  HADOOP_CONF_DIR: "/mounted",
  KERBEROS_PRINCIPAL: "flink@CORP.EXAMPLE",
};

/** Read by other commands than run, or only while a start is carried out. */
const elsewhere: readonly string[] = ["SLUICE_HEALTH_SPREAD", "SLUICE_PREFLIGHT", "SLUICE_LOG_LEVEL"];

/** Whatever `NAME_FILE` may name. */
const files = declarations
  .flatMap(({ env }) => Object.keys(env))
  .map((name) => [`/files/${name}`, special[name] ?? "x"]);

function plan(environment: Readonly<Record<string, string>>): string {
  const system = fakeSystem(
    {
      "/mounted/config.yaml": "jobmanager.memory.process.size: 2g\n",
      "/opt/flink/conf/config.yaml": "jobmanager.memory.process.size: 1g\n",
      "/certificates/ca.crt": material("kafka.crt"),
      "/opt/flink/lib/flink-dist-2.3.0.jar": "",
      "/mounted/release": "",
      ...Object.fromEntries(files),
      "/usr/lib/x86_64-linux-gnu/libjemalloc.so": "",
    },
    { javaOnPath: "/jdk" },
  );
  const launch = launcher(system, environment);
  const text = planJson(makePlan({ command: ["jobmanager"], environment, features, system, launch, roleOf }));
  // A secret is taken out of the child's environment whether it is read or not.
  return text.replace(/"unset": \[[^\]]*\]/, '"unset": []');
}

const documented = declarations.flatMap(({ env, envPatterns = [] }) => [
  ...Object.entries(env).flatMap(([name, { expects, holds }]) => {
    const value = special[name] ?? values[expects] ?? "x";
    return [[name, value] as const, ...(holds === "value" ? [] : [[`${name}_FILE`, `/files/${name}`] as const])];
  }),
  ...envPatterns.map(({ example, expects }) => [example, values[expects] ?? "x"] as const),
]);

const nothing = plan({ PATH: "/bin" });

describe("each documented variable, set alone, is used or mentioned", () => {
  it.each(documented.filter(([name]) => !elsewhere.includes(name)))("%s=%s", (name, value) => {
    const planned = plan({ PATH: "/bin", [name]: value });
    const isUsed = planned !== nothing;
    expect(isUsed || planned.includes(name)).toBe(true);
  });
});

/** Settings of one feature that are only read for one way to connect. */
const connected = { PATH: "/bin", KAFKA_BOOTSTRAP_SERVERS: "kafka:9092", ELASTICSEARCH_HOSTS: "https://es:9200" };
const beside = documented.filter(([name]) => /^(KAFKA|ELASTICSEARCH|OPENSEARCH)_/.test(name) && !(name in connected));

describe("each variable of a client is used or mentioned beside the client's servers", () => {
  const servers = plan(connected);
  it.each(beside)("%s=%s", (name, value) => {
    const planned = plan({ ...connected, [name]: value });
    const isUsed = planned !== servers;
    expect(isUsed || planned.includes(name)).toBe(true);
  });
});
