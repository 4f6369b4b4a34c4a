import { describe, expect, it } from "vitest";
import { jemallocPaths, preloadJemalloc } from "../../../src/flink/jemalloc.ts";

const arm = "/usr/lib/aarch64-linux-gnu/libjemalloc.so";
const intel = "/usr/lib/x86_64-linux-gnu/libjemalloc.so";

describe("jemalloc", () => {
  it("is looked for below the machine's architecture, then below x86_64's", () => {
    expect(jemallocPaths("aarch64")).toEqual([arm, intel]);
    expect(jemallocPaths("x86_64")).toEqual([intel]);
  });

  it.each([
    { env: {}, set: { LD_PRELOAD: arm } },
    { env: { DISABLE_JEMALLOC: "false" }, set: { LD_PRELOAD: arm } },
    { env: { DISABLE_JEMALLOC: "", LD_PRELOAD: "/a.so" }, set: { LD_PRELOAD: `/a.so:${arm}` } },
    { env: { DISABLE_JEMALLOC: "true" }, set: {} },
    { env: { DISABLE_JEMALLOC: "1" }, set: {} },
  ])("with $env", ({ env, set }) => {
    expect(preloadJemalloc(env, "aarch64", new Set([arm, intel]))).toEqual({ set, notices: [] });
  });

  it("that is not there is worth a warning", () => {
    const { set, notices } = preloadJemalloc({}, "aarch64", new Set());
    expect(set).toEqual({});
    expect(notices).toMatchObject([{ level: "warning", hint: expect.stringContaining("DISABLE_JEMALLOC") }]);
  });
});
