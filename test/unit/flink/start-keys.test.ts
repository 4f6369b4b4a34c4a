import { describe, expect, it } from "vitest";
import keysByRoles from "../../../src/flink/keys-read-at-start.json" with { type: "json" };
import { optionType } from "../../../src/flink/option-values.ts";
import { keepsFromStarting } from "../../../src/flink/start-keys.ts";

describe("keepsFromStarting", () => {
  it.each([
    ["heartbeat.interval", "jobmanager", "2.3.0"],
    ["web.submit.enable", "jobmanager", "1.20.9"],
    ["taskmanager.network.netty.num-arenas", "taskmanager", "1.20.5"],
  ])("is true for %s of a %s of %s", (key, role, version) => {
    expect(keepsFromStarting(key, role, version)).toBe(true);
  });

  it.each([
    ["a key that nothing reads at start", "parallelism.default", "jobmanager", "2.3.0"],
    ["an older name, which counts only without the newer one", "akka.ask.timeout", "jobmanager", "2.3.0"],
    ["a key of the other role", "web.submit.enable", "taskmanager", "2.3.0"],
    ["a role that was not recorded", "heartbeat.interval", "history-server", "2.3.0"],
    ["a version that was not recorded", "heartbeat.interval", "jobmanager", "3.0.0"],
    ["a key that this version does not have", "taskmanager.network.netty.num-arenas", "taskmanager", "2.3.0"],
    ["a start that passes the error over", "taskmanager.registration.timeout", "taskmanager", "1.20.5"],
  ])("is false for %s", (_why, key, role, version) => {
    expect(keepsFromStarting(key, role, version)).toBe(false);
  });
});

describe("the recorded keys", () => {
  const recorded = Object.values(keysByRoles).flatMap((byVersions) =>
    Object.entries(byVersions).flatMap(([versions, keys]) =>
      versions.split(" ").flatMap((version) => keys.map((key) => ({ key, version }))),
    ),
  );

  it("all have a type", () => {
    expect(recorded.length).toBeGreaterThan(300);
    expect(recorded.filter(({ key, version }) => optionType(key, version) === undefined)).toEqual([]);
  });
});
