import { describe, expect, it } from "vitest";
import { parseSettings } from "../../../src/core/settings/settings.ts";
import { makeTarget, newestFlink, targetDeclaration } from "../../../src/core/plan/target.ts";
import { roleOf } from "../../../src/flink/recognise-command.ts";
import { fakeSystem } from "../../support/fake-system.ts";

function target(
  environment: Readonly<Record<string, string>> = {},
  files: readonly string[] = [],
  command: readonly string[] = ["jobmanager"],
  assumed?: string,
) {
  const system = fakeSystem(Object.fromEntries(files.map((file) => [file, ""])));
  return makeTarget(parseSettings([targetDeclaration], environment, system), {
    command,
    roleOf,
    system,
    assumedVersion: assumed,
  });
}

describe("makeTarget", () => {
  it("has the places of the official image where nothing is said", () => {
    expect(target()).toMatchObject({
      flinkHome: "/opt/flink",
      mountedConfDir: "/opt/flink/conf",
      runDir: "/tmp/sluice-9999",
      roleDir: "/tmp/sluice-9999/jobmanager",
      confDir: "/tmp/sluice-9999/jobmanager/conf",
      javaHome: undefined,
      flinkVersion: newestFlink,
      flinkChecked: false,
    });
  });

  it("takes the places that are given", () => {
    const places = { FLINK_HOME: "/flink/", TMPDIR: "/var/tmp", JAVA_HOME: "/jdk" };
    const expected = {
      flinkHome: "/flink",
      mountedConfDir: "/flink/conf",
      runDir: "/var/tmp/sluice-9999",
      javaHome: "/jdk",
    };
    expect(target(places)).toMatchObject(expected);
    expect(target({ FLINK_CONF_DIR: "/etc/flink", SLUICE_RUN_DIR: "/run/x", TMPDIR: "/y" })).toMatchObject({
      mountedConfDir: "/etc/flink",
      runDir: "/run/x",
    });
  });

  it.each([
    ["flink-dist-2.3.0.jar", "2.3.0"],
    ["flink-dist-1.20.5.jar", "1.20.5"],
    ["flink-dist_2.12-1.14.6.jar", "1.14.6"],
    ["flink-dist-2.4-SNAPSHOT.jar", undefined],
    ["flink-table-runtime-2.2.1.jar", undefined],
  ])("reads the version off %s", (jar, version) => {
    expect(target({}, [`/opt/flink/lib/${jar}`])).toMatchObject({
      flinkVersion: version ?? newestFlink,
      flinkChecked: version !== undefined,
    });
  });

  it("takes the version that is assumed", () => {
    expect(target({}, [], ["jobmanager"], "1.20.5").flinkVersion).toBe("1.20.5");
  });

  it.each([
    ["jobmanager", "jobmanager"],
    ["standalone-job", "jobmanager"],
    ["taskmanager", "taskmanager"],
    ["history-server", undefined],
    ["bash", undefined],
    ["constructor", undefined],
  ])("knows the role of %s", (command, role) => {
    expect(target({}, [], [command]).role).toBe(role);
  });
});
