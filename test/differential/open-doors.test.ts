import { mkdirSync, writeFileSync } from "node:fs";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { javaHome, jdkProgram, smallJvm } from "../../lab/java.ts";
import { flinkHome } from "../support/flink-home.ts";
import { freePorts } from "../../testkit/free-ports.ts";
import { runSluice } from "../support/run-sluice.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const isFull = process.env["SLUICE_TEST_FULL"] === "1";
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const all = "env.java.opts.all";
const jmx = "-Dcom.sun.management.jmxremote";
const noLogin = `${jmx}.authenticate=false ${jmx}.ssl=false`;
// The stub in the registry names the host that a client connects to.
const here = "-Djava.rmi.server.hostname=127.0.0.1";

/** Settings of a TaskManager in which PORT and FOLDER are to be filled in, and what SLUICE_ALLOW would have to name. */
const cases: readonly (readonly [what: string, env: Record<string, string>, doors: readonly string[]])[] = [
  ["no option", {}, []],
  ...[all, "env.java.opts.taskmanager", "env.java.default-opts.all", "env.java.default-opts.taskmanager"].map(
    (key) =>
      [
        `a debugger on all interfaces, in ${key}`,
        { FLINK_PROPERTIES: `${key}: -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:PORT` },
        ["jdwp"],
      ] as const,
  ),
  ...[
    "FLINK_ENV_JAVA_OPTS",
    "FLINK_ENV_JAVA_OPTS_TM",
    "JVM_ARGS",
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "_JAVA_OPTIONS",
  ].map(
    (name) =>
      [
        `a debugger on all interfaces, in ${name}`,
        { [name]: "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=0.0.0.0:PORT" },
        ["jdwp"],
      ] as const,
  ),
  [
    "a debugger of another role",
    { FLINK_ENV_JAVA_OPTS_JM: "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:PORT" },
    [],
  ],
  [
    // config.yaml of Flink's distribution sets env.java.opts.all.
    "a debugger in a key that Flink does not read",
    { FLINK_PROPERTIES: "env.java.opts: -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:PORT" },
    [],
  ],
  [
    "a debugger in a key that a variable replaces",
    {
      FLINK_ENV_JAVA_OPTS: "-Da=b",
      FLINK_PROPERTIES: `${all}: -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:PORT`,
    },
    [],
  ],
  [
    "a debugger in quotes",
    { FLINK_PROPERTIES: `${all}: '"-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:PORT"'` },
    ["jdwp"],
  ],
  [
    "a debugger by its path",
    { FLINK_PROPERTIES: `${all}: -agentpath:LIB/libjdwp.so=transport=dt_socket,server=y,suspend=n,address=*:PORT` },
    ["jdwp"],
  ],
  ["an old debugger", { JVM_ARGS: "-Xrunjdwp:transport=dt_socket,server=y,suspend=n,address=*:PORT" }, ["jdwp"]],
  ["a debugger without a host", { JVM_ARGS: "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=PORT" }, []],
  [
    "a debugger whose address stands in a variable",
    {
      JVM_ARGS: "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n",
      _JAVA_JDWP_OPTIONS: "address=*:PORT",
    },
    ["jdwp"],
  ],
  ["JMX without a login", { JVM_ARGS: `${here} ${jmx}.port=PORT ${noLogin}` }, ["jmx"]],
  [
    "JMX with other words for false",
    { JVM_ARGS: `${here} ${jmx}.port=PORT ${jmx}.authenticate=FALSE ${jmx}.ssl=no` },
    ["jmx"],
  ],
  ["JMX with an empty word", { JVM_ARGS: `${here} ${jmx}.port=PORT ${jmx}.authenticate ${jmx}.ssl=` }, ["jmx"]],
  ["JMX of one host", { JVM_ARGS: `${here} ${jmx}.port=PORT ${jmx}.host=127.0.0.1 ${noLogin}` }, []],
  [
    "JMX that a stronger option opens",
    {
      JAVA_TOOL_OPTIONS: `${jmx}.authenticate=true ${jmx}.ssl=true`,
      FLINK_PROPERTIES: `${all}: ${here} ${jmx}.port=PORT ${noLogin}`,
    },
    ["jmx"],
  ],
  [
    "JMX that _JAVA_OPTIONS opens",
    {
      JVM_ARGS: `${here} ${jmx}.port=PORT ${jmx}.authenticate=true ${jmx}.ssl=true`,
      _JAVA_OPTIONS: noLogin,
    },
    ["jmx"],
  ],
  [
    "JMX by a file of settings",
    { FLINK_PROPERTIES: `${all}: ${here} -Dcom.sun.management.config.file=FOLDER/management.properties` },
    ["jvm-option-file"],
  ],
  ["options in a file", { JDK_JAVA_OPTIONS: "@FOLDER/options" }, ["jvm-option-file"]],
  ["options in a file of the JVM's", { JVM_ARGS: "-XX:VMOptionsFile=FOLDER/options" }, ["jvm-option-file"]],
];

describe("the JVM of a TaskManager", () => {
  let home = "";

  beforeAll(async () => {
    home = await flinkHome("2.3.0");
    await execa(jdkProgram("javac"), ["-d", folder.path, "test/support/java/OpenDoors.java"]);
  });

  it.each(isFull ? cases : cases.filter((_case, index) => index % 2 === 0))(
    "%s",
    { timeout: 60_000 },
    async (_what, env, doors) => {
      const [port = 0] = await freePorts(1);
      const own = folder.at(String(port));
      mkdirSync(own);
      const debuggerOption = `-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:${port}\n`;
      writeFileSync(`${own}/options`, debuggerOption);
      const settings = ["port=PORT", "authenticate=false", "ssl=false"].map(
        (each) => `com.sun.management.jmxremote.${each}`,
      );
      writeFileSync(`${own}/management.properties`, settings.join("\n").replace("PORT", String(port)));
      const filled = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [
          name,
          value.replaceAll("PORT", String(port)).replaceAll("FOLDER", own).replaceAll("LIB", `${javaHome()}/lib`),
        ]),
      );
      const strict = {
        ...filled,
        FLINK_HOME: home,
        SLUICE_RUN_DIR: folder.at("run"),
        SLUICE_STRICT: "true",
        DISABLE_JEMALLOC: "true",
        SLUICE_ALLOW: "internal-plaintext",
      };
      const refused = await runSluice(["plan", "--output", "json", "taskmanager"], { env: strict });
      const { problems } = JSON.parse(refused.stdout) as { problems: readonly { hint: string }[] };
      const found = problems.map(({ hint }) => /SLUICE_ALLOW=internal-plaintext,([\w-]+)/.exec(hint)?.[1]);
      expect(found).toEqual(doors);
      const allowed = { ...strict, SLUICE_ALLOW: ["internal-plaintext", ...doors].join(",") };
      const planned = await runSluice(["plan", "--output", "json", "taskmanager"], { env: allowed });
      const { exec } = JSON.parse(planned.stdout) as { exec: { argv: readonly string[] } };
      const jvm = exec.argv.slice(1, exec.argv.indexOf("-classpath"));
      const { stdout } = await execa(
        jdkProgram("java"),
        [...smallJvm, ...jvm, "-classpath", folder.path, "OpenDoors", String(port)],
        {
          env: { PATH: process.env["PATH"] ?? "", ...filled },
          extendEnv: false,
        },
      );
      expect(stdout).toContain(doors.length > 0 ? "open" : "closed");
    },
  );
});
