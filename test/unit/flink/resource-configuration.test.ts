import { describe, expect, it } from "vitest";
import { withDynamicProperties } from "../../../src/flink/resource-configuration.ts";

const read = (...args: string[]) => Object.fromEntries(withDynamicProperties(new Map([["a", "1"]]), args));

describe("dynamic properties", () => {
  it.each([
    { args: ["-D", "a=2", "-Db=3"], expected: { a: "2", b: "3" } },
    { args: ["-D", "b=c=d"], expected: { a: "1", b: "c=d" } },
    { args: ["-D", "b", "-Dc", "-Dd="], expected: { a: "1", b: "true", c: "true", d: "" } },
    { args: ["-D", "b=c d", "-De=f"], expected: { a: "1", b: "c", e: "f" } },
    { args: ["--other", "x=y", "x", "-D", "b=2"], expected: { a: "1", b: "2" } },
    { args: ["--configDir", "-Da=2", "-c", "-Da=3"], expected: { a: "1" } },
    { args: ["-D"], expected: { a: "1" } },
    { args: ["-D", "b=2", "c", "-D", "b=3"], expected: { a: "1", b: "2" } },
  ])("of $args", ({ args, expected }) => {
    expect(read(...args)).toEqual(expected);
  });
});
