import { describe, expect, it } from "vitest";
import { openSecret, Secret } from "../../../../src/secret.ts";
import { parseFlinkConf, writeFlinkConf } from "../../../../src/formats/flink-configuration/flink-conf.ts";
import { openText } from "../../../support/open-text.ts";

describe("parseFlinkConf", () => {
  it.each([
    ["a: b", { a: "b" }],
    ["a: b: c", { a: "b: c" }],
    ['a: "b"', { a: '"b"' }],
    ["a: b#c", { a: "b" }],
    ["a: b # c", { a: "b" }],
    ["  a  :   b  ", { a: "b" }],
    ["a:b", {}],
    ["a:", {}],
    ["a: # b", {}],
    ["# a: b", {}],
    ["a: 007", { a: "007" }],
    ["a: 1\rb: 2\r\nc: 3", { a: "1", b: "2", c: "3" }],
  ])("reads %j as Flink 1.20 does", (text, entries) => {
    expect(Object.fromEntries(parseFlinkConf(text).map(({ key, value }) => [key, value]))).toEqual(entries);
  });

  it("knows lines and keeps both of a key that is there twice", () => {
    const entries = parseFlinkConf("a: 1\r\n\r\nb: 2\r\na: 3").map(({ key, value, line }) => [key, value, line]);
    expect(entries).toEqual([
      ["a", "1", 1],
      ["b", "2", 3],
      ["a", "3", 4],
    ]);
  });
});

describe("writeFlinkConf", () => {
  it("writes the keys in the order of their names", () => {
    const text = writeFlinkConf(new Map(Object.entries({ b: "x: y", "a.z": "*", a: "4" })));
    expect(openText(text)).toBe("a: 4\na.z: *\nb: x: y\n");
  });

  it.each([
    ["", "is empty"],
    ["a#b", "has a #"],
    ["a\nb", "has a line break"],
    [" a", "starts or ends with a space"],
    ["a\t", "starts or ends with a space"],
  ])("refuses the value %j, which the grammar cannot say", (value, what) => {
    const write = () => writeFlinkConf(new Map([["k", value]]));
    expect(write).toThrow(`the value of k ${what}, which flink-conf.yaml cannot say`);
  });

  it.each(["", "a: b", "a#b", " a", "a\nb"])("refuses the key %j", (key) => {
    expect(() => writeFlinkConf(new Map([[key, "v"]]))).toThrow("a key that flink-conf.yaml cannot say");
  });

  it("refuses a secret that cannot be said when it is opened", () => {
    const text = writeFlinkConf(new Map([["k", new Secret("PASSWORD", () => "a#b")]]));
    const secret = text.find((part) => typeof part !== "string");
    expect(() => secret && openSecret(secret)).toThrow("the value of k has a #");
  });
});
