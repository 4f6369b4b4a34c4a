import { describe, expect, it } from "vitest";
import { openSecret, Secret } from "../../../../src/secret.ts";
import { expand } from "../../../../src/formats/flink-configuration/expand.ts";

const variables: Record<string, string> = { A: "1", EMPTY: "", NESTED: "${A} $A", LONG_name2: "x" };
const lookup = (name: string) => (name === "PASSWORD" ? new Secret("PASSWORD_FILE", () => "pw") : variables[name]);

describe("expand", () => {
  it.each([
    ["${A}", "1", ["A"]],
    ["a${A}b${LONG_name2}c", "a1bxc", ["A", "LONG_name2"]],
    ["$A-$LONG_name2.", "1-x.", ["A", "LONG_name2"]],
    ["$B $1 $ $", "$B $1 $ $", []],
    ["${EMPTY}|$EMPTY|", "||", ["EMPTY"]],
    ["${B:-default}", "default", []],
    ["${EMPTY:-default}", "default", []],
    ["${A:-default}", "1", ["A"]],
    ["${B:-}", "", []],
    ["${B:-${A}}", "1", ["A"]],
    ["${A:-${B}}", "1", ["A"]],
    ["${B:-${C:-${A}}}!", "1!", ["A"]],
    ["${B:-a b:/c}", "a b:/c", []],
    ["${NESTED}", "${A} $A", ["NESTED"]],
    ["pa$$w0rd#x", "pa$$w0rd#x", []],
    ["$$A", "$$A", []],
    ["$${A}", "${A}", []],
    ["$${B:-${A}}", "${B:-1}", ["A"]],
    ["$$${A}", "$$1", ["A"]],
    ["${user.name} ${sys:A} ${env:A} ${A:?x} ${} ${1}", "${user.name} ${sys:A} ${env:A} ${A:?x} ${} ${1}", []],
    ["%d{HH:mm} %m%n }", "%d{HH:mm} %m%n }", []],
    ["${A", "${A", []],
    ["${B:-$A", "${B:-1", ["A"]],
  ])("makes of %s the text %s", (value, result, expanded) => {
    expect(expand(value, lookup)).toEqual({ value: result, expanded, unset: [] });
  });

  it("names what is not set, but for a default that is not used", () => {
    expect(expand("${B} ${A:-${C}} ${D:-${E}} ${B}", lookup).unset).toEqual(["B", "E"]);
  });

  it("leaves alone what is for someone else", () => {
    const text = "-Xloggc:${LOG}.gc $LOG ${LOG:-x}";
    expect(expand(text, () => "set", new Set(["LOG"]))).toEqual({ value: text, expanded: [], unset: [] });
  });

  it("gives a secret when it put one in", () => {
    const { value } = expand("a-${PASSWORD}-$PASSWORD-${A}", lookup);
    expect(value).toBeInstanceOf(Secret);
    expect(String(value)).toBe("<secret from PASSWORD_FILE>");
    expect(value instanceof Secret && openSecret(value)).toBe("a-pw-pw-1");
    expect(expand("${A:-${PASSWORD}}", lookup).value).toBe("1");
  });

  it("takes time in proportion to the text", () => {
    expect(expand("${B:-".repeat(100_000), lookup).value).toHaveLength(500_000);
    expect(expand(`${"${B:-".repeat(50_000)}x${"}".repeat(50_000)}`, lookup).value).toBe("x");
  });
});
