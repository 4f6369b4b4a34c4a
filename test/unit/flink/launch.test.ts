import { describe, expect, it } from "vitest";
import { computeLaunch, type Launch } from "../../../src/flink/launch.ts";
import { foldersToLookFor, type LaunchRequest } from "../../../src/flink/launch-request.ts";

type Changes = Partial<Omit<LaunchRequest, "facts" | "conf">> & {
  readonly facts?: Partial<LaunchRequest["facts"]>;
  readonly conf?: Readonly<Record<string, string>>;
};

function request({ facts, conf, ...changes }: Changes = {}): LaunchRequest {
  return {
    version: "2.3.0",
    command: ["history-server"],
    flinkHome: "/opt/flink",
    confDir: "/run/conf",
    conf: new Map(Object.entries(conf ?? {})),
    env: { JAVA_HOME: "/jdk" },
    ...changes,
    facts: {
      libJars: ["flink-dist-2.3.0.jar"],
      optJars: ["flink-sql-gateway-2.3.0.jar"],
      folders: new Set(["/jdk"]),
      javaOnPath: false,
      javaMajorVersion: 17,
      hostName: "pod-1",
      configFile: "config.yaml",
      ...facts,
    },
  };
}

function launch(changes?: Changes): Launch {
  const outcome = computeLaunch(request(changes));
  if (outcome?.kind !== "launch") throw new Error(JSON.stringify(outcome));
  return outcome.launch;
}

const problems = (changes: Changes) => {
  const outcome = computeLaunch(request(changes));
  return outcome?.kind === "problems"
    ? outcome.problems.map(({ code, where, text }) => [code, ...where, text].join(": "))
    : [];
};

const classPath = ({ argv }: Launch) => argv[argv.indexOf("-classpath") + 1];

describe("what is not computed here", () => {
  it.each(["1.19.3", "2.0.1", "2.1.0", "2.4.0", "3.0.0", "22.3.0"])("Flink %s", (version) => {
    expect(computeLaunch(request({ version }))).toBeUndefined();
  });

  it("a command that Flink's scripts do not become", () => {
    expect(computeLaunch(request({ command: ["bin/flink", "list"] }))).toBeUndefined();
  });
});

describe("problems", () => {
  it("all of them are named at once", () => {
    const found = problems({
      command: ["taskmanager"],
      conf: { "env.java.opts.all": "-Da=`id`", "env.java.opts.taskmanager": "-Db='c" },
      env: { JAVA_HOME: "/nowhere" },
      facts: { libJars: [] },
    });
    expect(found).toEqual([
      "launch/bad-memory: taskmanager.memory.process.size: nothing says how much memory the TaskManager has",
      "launch/bad-java-options: env.java.opts.all: a command substitution is not carried out",
      "launch/bad-java-options: env.java.opts.taskmanager: a ' has no partner",
      "launch/no-flink-dist: /opt/flink/lib: holds no flink-dist*.jar",
      "launch/no-java: JAVA_HOME: /nowhere is no folder, and there is no java on PATH",
    ]);
  });

  it.each([
    { options: "-Da=${B#c}", text: "the expansion ${…" },
    { options: "-Da=$1", text: "the expansion $1…" },
    { options: "-Da=$((1+1))", text: "a command substitution" },
    { options: `-Da="$(id)"`, text: "a command substitution" },
  ])("$options is not expanded", ({ options, text }) => {
    expect(problems({ env: { JAVA_HOME: "/jdk", FLINK_ENV_JAVA_OPTS: options } })).toEqual([
      `launch/bad-java-options: FLINK_ENV_JAVA_OPTS: ${text} is not carried out`,
    ]);
  });

  it("two flink-dist jars, two SQL gateways, none, and no java at all", () => {
    expect(problems({ facts: { libJars: ["flink-dist-1.jar", "old/flink-dist-2.jar"] } })).toEqual([
      "launch/no-flink-dist: /opt/flink/lib: holds more than one flink-dist*.jar: flink-dist-1.jar, old/flink-dist-2.jar",
    ]);
    const gateway = ["sql-gateway"];
    expect(
      problems({ command: gateway, facts: { optJars: ["flink-sql-gateway-1.jar", "flink-sql-gateway-2.jar"] } }),
    ).toEqual([
      "launch/no-sql-gateway: /opt/flink/opt: holds more than one flink-sql-gateway*.jar: flink-sql-gateway-1.jar, flink-sql-gateway-2.jar",
    ]);
    expect(problems({ command: gateway, facts: { optJars: [] } })).toEqual([
      "launch/no-sql-gateway: /opt/flink/opt: holds no flink-sql-gateway*.jar",
    ]);
    expect(problems({ env: {} })).toEqual(["launch/no-java: JAVA_HOME: there is no java on PATH"]);
  });
});

describe("folders of the system", () => {
  const folders = new Set(["/jdk", "/etc/hadoop/conf", "/etc/hbase/conf"]);

  it("go on the class path when nothing else is named, and that is said", () => {
    const { notices, ...found } = launch({ facts: { folders } });
    expect(classPath({ notices, ...found })).toBe(
      "/opt/flink/lib/flink-dist-2.3.0.jar:/etc/hadoop/conf:/etc/hbase/conf",
    );
    expect(notices.map(({ where, text }) => `${where.join()}: ${text}`)).toEqual([
      "HADOOP_CONF_DIR: /etc/hadoop/conf is added to the class path",
      "HBASE_CONF_DIR: /etc/hbase/conf is added to the class path",
    ]);
  });

  it("Hadoop's does not, next to a HADOOP_CLASSPATH", () => {
    const found = launch({ facts: { folders }, env: { JAVA_HOME: "/jdk", HADOOP_CLASSPATH: "/h:" } });
    expect(classPath(found)).toBe("/opt/flink/lib/flink-dist-2.3.0.jar:/h:/etc/hbase/conf");
  });

  it("are looked for with the folders of HADOOP_HOME and HBASE_HOME, and java's", () => {
    const env = { JAVA_HOME: "/jdk", HADOOP_HOME: "/hadoop", HBASE_HOME: "/hbase" };
    expect(foldersToLookFor({ conf: new Map([["env.java.home", "/other"]]), env })).toEqual([
      "/other",
      "/hadoop/conf",
      "/hadoop/etc/hadoop",
      "/hbase/conf",
      "/etc/hadoop/conf",
      "/etc/hbase/conf",
    ]);
    expect(foldersToLookFor({ conf: new Map(), env: {} })).toEqual(["/etc/hadoop/conf", "/etc/hbase/conf"]);
  });
});

describe("the log that the runtime inherits", () => {
  it("says what the memory is divided into", () => {
    const { set } = launch({ command: ["jobmanager"], conf: { "jobmanager.memory.process.size": "1600m" } });
    expect(set["FLINK_INHERITED_LOGS"]).toContain(
      "\nlogs: total process memory: 1600m\ntotal Flink memory: 1152m\nJVM heap: 1024m\n",
    );
  });
});
