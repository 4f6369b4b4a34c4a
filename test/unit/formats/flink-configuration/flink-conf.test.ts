import { describe, expect, it } from "vitest";
import { maskText, openSecret, Secret } from "../../../../src/secret.ts";
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
    expect(Object.fromEntries(parseFlinkConf(text).entries.map(({ key, value }) => [key, value]))).toEqual(entries);
  });

  it("knows lines and keeps both of a key that is there twice", () => {
    const entries = parseFlinkConf("a: 1\r\n\r\nb: 2\r\na: 3").entries.map(({ key, value, line }) => [
      key,
      value,
      line,
    ]);
    expect(entries).toEqual([
      ["a", "1", 1],
      ["b", "2", 3],
      ["a", "3", 4],
    ]);
  });
});

describe("writeFlinkConf", () => {
  it("changes the line that counts, adds lines, and leaves the rest", () => {
    const document = parseFlinkConf("# top\r\na: 1\r\nb:  2 # two\r\na: 3");
    const text = writeFlinkConf(
      document,
      new Map([
        ["a", "4"],
        ["b", "x: y"],
        ["c", "*"],
      ]),
    );
    expect(openText(text)).toBe("# top\r\na: 1\r\nb:  x: y # two\r\na: 4\r\nc: *\r\n");
  });

  it.each([
    ["", "is empty"],
    ["a#b", "has a #"],
    ["a\nb", "has a line break"],
    [" a", "starts or ends with a space"],
    ["a\t", "starts or ends with a space"],
  ])("refuses the value %j, which the grammar cannot say", (value, what) => {
    const write = () => writeFlinkConf(parseFlinkConf(""), new Map([["k", value]]));
    expect(write).toThrow(`the value of k ${what}, which flink-conf.yaml cannot say`);
  });

  it.each(["", "a: b", "a#b", " a", "a\nb"])("refuses the key %j", (key) => {
    expect(() => writeFlinkConf(parseFlinkConf(""), new Map([[key, "v"]]))).toThrow(
      "a key that flink-conf.yaml cannot say",
    );
  });

  it("refuses a secret that cannot be said when it is opened", () => {
    const text = writeFlinkConf(parseFlinkConf(""), new Map([["k", new Secret("PASSWORD", () => "a#b")]]));
    const secret = text.find((part) => typeof part !== "string");
    expect(() => secret && openSecret(secret)).toThrow("the value of k has a #");
  });

  it("masks sensitive values, of each line for a key", () => {
    const document = parseFlinkConf("a.password: old1\na.password: old2\n#b.token: old3\n", "/c/flink-conf.yaml");
    expect(maskText(writeFlinkConf(document, new Map([["a.password", "new"]])))).toBe(
      "a.password: <secret from /c/flink-conf.yaml a.password>\na.password: new\n#b.token: <secret from /c/flink-conf.yaml b.token>\n",
    );
  });
});
