import { describe, expect, it } from "vitest";
import type { Strength, UserKey } from "../../../src/core/feature/feature.ts";
import { mergeFlinkConf, type OwnedEntry } from "../../../src/core/plan/merge-flink-conf.ts";
import type { FlinkValue } from "../../../src/core/plan/plan.ts";
import { Secret } from "../../../src/secret.ts";

function entry(value: FlinkValue, strength: Strength, owner = "feature"): OwnedEntry {
  return { key: "key", value, strength, because: `${owner.toUpperCase()}_ENABLED`, owner };
}

function user(layers: Partial<Record<"mounted" | "properties" | "dynamic", FlinkValue>>) {
  const keys = (value: FlinkValue | undefined, where: string): readonly UserKey[] =>
    value === undefined ? [] : [{ key: "key", value, where: [where, "line 3"] }];
  return {
    mounted: keys(layers.mounted, "/conf/config.yaml"),
    properties: keys(layers.properties, "FLINK_PROPERTIES"),
    dynamic: keys(layers.dynamic, "-D"),
    write: () => {
      throw new Error("not written here");
    },
  };
}

describe("mergeFlinkConf", () => {
  it.each([
    ["default", {}, "feature's", "feature"],
    ["default", { mounted: "m" }, "m", "/conf/config.yaml"],
    ["default", { mounted: "m", properties: "p" }, "p", "FLINK_PROPERTIES"],
    ["default", { dynamic: "d" }, "d", "-D"],
    ["set", { mounted: "m" }, "feature's", "feature"],
    ["set", { mounted: "m", properties: "p" }, "p", "FLINK_PROPERTIES"],
    ["set", { properties: "p", dynamic: "d" }, "d", "-D"],
    ["required", { mounted: "feature's" }, "feature's", "feature"],
  ] as const)("takes for a value that is %s against %j: %s", (strength, layers, value, owner) => {
    const { effective, problems } = mergeFlinkConf([entry("feature's", strength)], user(layers));
    expect(problems).toEqual([]);
    expect(effective.get("key")).toEqual({ value, owner });
  });

  it("changes nothing in the file for -D, which Flink applies itself", () => {
    const { effective, changes } = mergeFlinkConf([], user({ mounted: "m", dynamic: "d" }));
    expect(effective.get("key")?.value).toBe("d");
    expect(changes).toEqual(new Map());
  });

  it("writes what differs from the mounted file, and nothing else", () => {
    const other = { key: "other", value: "o", where: ["/conf/config.yaml"] };
    const { changes } = mergeFlinkConf([entry("f", "set")], { ...user({ mounted: "m" }), mounted: [other] });
    expect([...changes].map(([key, { value }]) => [key, value])).toEqual([["key", "f"]]);
  });

  it.each(["mounted", "properties", "dynamic"] as const)("finds a contradiction in %s", (layer) => {
    const { problems } = mergeFlinkConf([entry("true", "required")], user({ [layer]: "false" }));
    expect(problems).toMatchObject([
      { code: "flink-conf/contradiction", text: "key is false, but FEATURE_ENABLED needs true" },
    ]);
  });

  it.each([
    ["true", "TRUE", 0],
    ["/certs", "/Certs", 1],
  ])("compares %s and %s as Flink does", (needed, written, found) => {
    expect(mergeFlinkConf([entry(needed, "required")], user({ properties: written })).problems).toHaveLength(found);
  });

  it("finds every contradiction, and shows no secret", () => {
    const secret = new Secret("FLINK_PROPERTIES", () => "open sesame");
    const needed = new Secret("the run dir's seed", () => "derived");
    const { problems } = mergeFlinkConf([entry(needed, "required")], user({ mounted: "m", properties: secret }));
    expect(problems.map(({ text }) => text)).toEqual([
      "key is m, but FEATURE_ENABLED needs <secret from the run dir's seed>",
      "key is <secret from FLINK_PROPERTIES>, but FEATURE_ENABLED needs <secret from the run dir's seed>",
    ]);
  });

  it("lets two features want the same, and takes the stronger wish", () => {
    const { problems, effective } = mergeFlinkConf(
      [entry("x", "default", "one"), entry("x", "required", "two")],
      user({}),
    );
    expect(problems).toEqual([]);
    expect(effective.get("key")).toEqual({ value: "x", owner: "two" });
  });

  it("names both features that want different things", () => {
    const { problems } = mergeFlinkConf([entry("x", "set", "one"), entry("y", "set", "two")], user({}));
    expect(problems).toMatchObject([{ code: "flink-conf/conflict", text: "one wants x and two wants y" }]);
  });
});
