import { describe, expect, it } from "vitest";
import { effectiveKeys } from "./effective-keys.ts";
import { runOnce, skipWithoutEngine, variables, versions } from "./suite.ts";

skipWithoutEngine();

/** Lines of FLINK_PROPERTIES that the official entrypoint damages, and the keys that have to arrive. */
const arriving: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ["spaces", "env.java.opts.all: -Da=1 -Db=2", { "env.java.opts.all": "-Da=1 -Db=2" }],
  ["$$ and #", "custom.key: pa$$w0rd#x", { "custom.key": "pa$$w0rd#x" }],
  ["a star", "custom.key: *", { "custom.key": "*" }],
  ["a comment", "# comment: x\ncustom.key: 1", { "custom.key": 1 }],
  ["nested YAML", "custom:\n  nested:\n    child: 7\nother.key: x", { "custom.nested.child": 7, "other.key": "x" }],
  ["a default for what is not set", "custom.key: ${UNSET:-fallback}", { "custom.key": "fallback" }],
  ["a quoted colon", 'custom.key: "a: b"', { "custom.key": "a: b" }],
  ["a value with = and ;", "custom.key: a=1;b=2", { "custom.key": "a=1;b=2" }],
  [
    "a key and its prefix",
    "high-availability.type: zookeeper\nhigh-availability.storageDir: file:///tmp/ha",
    { "high-availability.type": "zookeeper", "high-availability.storageDir": "file:///tmp/ha" },
  ],
];

describe.each(versions)("Flink %s: FLINK_PROPERTIES", (version) => {
  it.each(arriving)("keeps %s", async (_, properties, keys) => {
    const options = variables({ FLINK_PROPERTIES: properties, SLUICE_LOG_LEVEL: "error" });
    const script = 'cat "$FLINK_CONF_DIR/config.yaml"';
    const { stdout, stderr, exitCode } = await runOnce(version, ["sh", "-c", script], options);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const effective = effectiveKeys(stdout);
    for (const [key, value] of Object.entries(keys)) expect(effective.get(key), key).toEqual(value);
    expect([...effective.keys()].filter((key) => key.includes("comment"))).toEqual([]);
  });

  it("refuses a variable that is not set, where the official entrypoint leaves nothing", async () => {
    const { exitCode, stderr } = await runOnce(
      version,
      ["true"],
      variables({ FLINK_PROPERTIES: "custom.key: ${NOT_SET}" }),
    );
    expect(exitCode).toBe(78);
    expect(stderr).toContain("NOT_SET");
  });
});
