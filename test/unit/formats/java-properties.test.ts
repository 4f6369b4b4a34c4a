import { describe, expect, it } from "vitest";
import { escapePropertyKey, escapePropertyValue, readProperties } from "../../../src/formats/java-properties.ts";

describe("escaping for Java's properties", () => {
  it.each([
    ["a b", "a\\ b"],
    ["a=b:c#!", "a\\=b\\:c\\#\\!"],
    ["é", "\\u00e9"],
  ])("the key %j is %s", (key, escaped) => {
    expect(escapePropertyKey(key)).toBe(escaped);
  });

  it.each([
    ["  a b ", "\\ \\ a b "],
    ["a=b:c#!", "a=b:c#!"],
    ["C:\\new\n", "C:\\\\new\\n"],
    ["🔑", "\\ud83d\\udd11"],
    ["\u0000\u007f", "\\u0000\\u007f"],
  ])("the value %j is %s", (value, escaped) => {
    expect(escapePropertyValue(value)).toBe(escaped);
  });

  it("refuses a key of nothing", () => {
    expect(() => escapePropertyKey("")).toThrow("a property has no name");
  });
});

describe("readProperties", () => {
  it.each([
    ["a=1\na=2", { a: "2" }],
    ["a:1\r\nb 2\rc\t=\t3", { a: "1", b: "2", c: "3" }],
    ["# a=1\n  ! b=2\n\n", {}],
    ["a = x\\\n    y\\\n\nb=1", { a: "xy", b: "1" }],
    ["a=x\\\\\nb=1", { a: "x\\", b: "1" }],
    ["a\\ b\\=c = d e ", { "a b=c": "d e " }],
    ["a=\\u0041\\q", { a: "Aq" }],
    ["=x", { "": "x" }],
  ])("%j", (text, properties) => {
    expect(Object.fromEntries(readProperties(text))).toEqual(properties);
  });

  it("says where an escape is wrong", () => {
    const expected = { message: "\\u needs four hexadecimal digits", line: 3 };
    expect(() => readProperties("a=1\nb=x\\\n\\\n\\u00g0".replace("x\\\n\\\n", "1\nc="))).toThrow(
      expect.objectContaining(expected),
    );
  });
});
