import { describe, expect, it } from "vitest";
import {
  type ArchiveRecord,
  type ClassData,
  jvmOf,
  makeArchiveRecord,
  parseArchiveRecord,
  withClassData,
} from "../../../src/flink/class-data.ts";
import { mainClasses } from "../../../src/flink/recognise-command.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const jars = ["/flink/lib/a.jar", "/flink/lib/flink-dist-2.3.0.jar"];
const files: Record<string, string> = {
  "/jdk/release": `JAVA_VERSION="17.0.15"\n`,
  "/flink/lib/a.jar": "a",
  "/flink/lib/flink-dist-2.3.0.jar": "dist",
  "/flink/cds/jobmanager.jsa": "archive",
  "/flink/cds/taskmanager.jsa": "longer archive",
};
const record: ArchiveRecord = {
  java: files["/jdk/release"] ?? "",
  classPath: jars.map((path) => ({ path, size: files[path]?.length ?? 0, modified: 0 })),
  size: 7,
};
const jobManager = [
  "/jdk/bin/java",
  "-Xmx1g",
  "-classpath",
  jars.join(":"),
  mainClasses.standalonesession,
  "--configDir",
  "/c",
];

function argv(
  changed: Readonly<Record<string, string>>,
  command: readonly string[] = jobManager,
  env: Readonly<Record<string, string>> = {},
): readonly string[] {
  return classData(changed, command, env).argv;
}

function classData(
  changed: Readonly<Record<string, string>>,
  command: readonly string[] = jobManager,
  env: Readonly<Record<string, string>> = {},
): ClassData {
  const system = fakeSystem({ ...files, "/flink/cds/jobmanager.json": JSON.stringify(record), ...changed });
  return withClassData(command, { flinkHome: "/flink", javaHome: "/jdk", env, system });
}

const notValid = "/flink/cds/jobmanager.json is not a valid record of an archive";

describe("withClassData", () => {
  it("puts the archive before all other options, so that they win", () => {
    const [java, ...rest] = jobManager;
    expect(argv({})).toEqual([
      java,
      "-XX:SharedArchiveFile=/flink/cds/jobmanager.jsa",
      "-Xshare:auto",
      "-Xlog:cds*=off",
      "-XX:Tier4InvocationThreshold=20000",
      "-XX:Tier4MinInvocationThreshold=2400",
      "-XX:Tier4CompileThreshold=60000",
      "-XX:Tier4BackEdgeThreshold=160000",
      ...rest,
    ]);
  });

  it("takes an archive for a class path that goes on", () => {
    const longer = jobManager.with(3, `${jars.join(":")}:/etc/hadoop/conf`);
    expect(argv({}, longer)).toContain("-Xshare:auto");
  });

  it.each([mainClasses.taskexecutor, mainClasses["kubernetes-taskmanager"]])("gives %s the TaskManager's", (main) => {
    const taskManager = jobManager.with(4, main);
    expect(argv({}, taskManager)).toBe(taskManager);
    const own = { "/flink/cds/taskmanager.json": JSON.stringify({ ...record, size: 14 }) };
    expect(argv(own, taskManager)).toContain("-XX:SharedArchiveFile=/flink/cds/taskmanager.jsa");
  });

  it.each(["standalonejob", "historyserver", "sql-gateway", "kubernetes-session", "kubernetes-application"] as const)(
    "gives %s the JobManager's",
    (service) => {
      const command = jobManager.with(4, mainClasses[service]);
      expect(argv({}, command)).toContain("-XX:SharedArchiveFile=/flink/cds/jobmanager.jsa");
    },
  );

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["another JVM", { "/jdk/release": `JAVA_VERSION="17.0.16"\n` }, "it was made with another Java"],
    ["a jar of another size", { "/flink/lib/a.jar": "aa" }, "/flink/lib/a.jar has changed"],
    ["half an archive, on which a JVM would die", { "/flink/cds/jobmanager.jsa": "arch" }, "its size has changed"],
    ["a record that is none", { "/flink/cds/jobmanager.json": "{" }, notValid],
    ["a record of nothing", { "/flink/cds/jobmanager.json": "null" }, notValid],
    [
      "a record without its archive's size",
      { "/flink/cds/jobmanager.json": JSON.stringify({ ...record, size: "7" }) },
      notValid,
    ],
    [
      "a record with an odd jar",
      { "/flink/cds/jobmanager.json": JSON.stringify({ ...record, classPath: [null] }) },
      notValid,
    ],
    [
      "a jar of another time",
      {
        "/flink/cds/jobmanager.json": JSON.stringify({
          ...record,
          classPath: [{ ...record.classPath[0], modified: 1 }],
        }),
      },
      "/flink/lib/a.jar has changed",
    ],
  ])("leaves the arguments alone with %s, and says so", (_what, changed, reason) => {
    const { argv: left, notices } = classData(changed);
    expect(left).toBe(jobManager);
    expect(notices.map(({ where, text }) => [...where, text])).toEqual([
      ["/flink/cds/jobmanager.jsa", `not used: ${reason}; the JVM starts slower`],
    ]);
  });

  it("leaves them alone with another class path", () => {
    const other = jobManager.with(3, ["/flink/lib/0.jar", ...jars].join(":"));
    expect(argv({}, other)).toBe(other);
    expect(classData({}, other).notices[0]?.text).toContain("/flink/lib/0.jar was added to the class path");
    const shorter = jobManager.with(3, jars[0] ?? "");
    expect(argv({}, shorter)).toBe(shorter);
    expect(classData({}, shorter).notices[0]?.text).toContain("flink-dist-2.3.0.jar has moved or was removed");
  });

  it.each(["-Xshare:off", "-XX:SharedArchiveFile=/own.jsa", "-XX:+AutoCreateSharedArchive", "-XX:AOTCache=/own.aot"])(
    "leaves the choice to a user's %s",
    (own) => {
      const command = jobManager.with(1, own);
      expect(argv({}, command)).toBe(command);
      expect(argv({}, jobManager, { JAVA_TOOL_OPTIONS: `-Da=b ${own}` })).toBe(jobManager);
    },
  );

  it("leaves a JVM alone that is not Flink's", () => {
    const command = ["java", "-classpath", jars.join(":"), "com.example.Main"];
    expect(jvmOf(command)).toBeUndefined();
    expect(argv({}, command)).toBe(command);
  });
});

describe("makeArchiveRecord", () => {
  it("makes what fits the same world, when it is read again", () => {
    const made = makeArchiveRecord(jars, "/jdk", fakeSystem(files));
    expect(parseArchiveRecord(JSON.stringify({ ...made, size: 7 }))).toEqual(record);
  });

  it.each([
    ["Java 11 cannot archive at its exit", { "/jdk/release": `JAVA_VERSION="11.0.13"\n` }, jars],
    ["Java ? cannot archive at its exit", { "/jdk/release": "" }, jars],
    ["/elsewhere.jar is not a file", {}, [...jars, "/elsewhere.jar"]],
  ])("says that %s", (reason, changed, classPath) => {
    expect(makeArchiveRecord(classPath, "/jdk", fakeSystem({ ...files, ...changed }))).toEqual({ reason });
  });

  it("needs the JDK's release file", () => {
    expect(makeArchiveRecord(jars, "/jre", fakeSystem(files))).toEqual({ reason: "/jre/release cannot be read" });
  });
});
