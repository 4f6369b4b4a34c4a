import { describe, expect, it } from "vitest";
import { maskText, Secret } from "../../../../src/secret.ts";
import { parseFlinkYaml, writeFlinkYaml } from "../../../../src/formats/flink-configuration/flink-yaml.ts";
import { openText } from "../../../support/open-text.ts";

const read = (text: string) => Object.fromEntries(parseFlinkYaml(text).map(({ key, value }) => [key, value]));

function write(values: Record<string, string>): string {
  return openText(writeFlinkYaml(new Map(Object.entries(values))));
}

describe("parseFlinkYaml", () => {
  it("flattens levels and gives values as Flink's toMap does", () => {
    const text = "a:\n  b: 007\n  c.d: [x, 1.50, 'y: z']\ne: TRUE\nf: |\n  g\nh: {}\n";
    expect(read(text)).toEqual({ "a.b": "7", "a.c.d": "[x, 1.5, 'y: z']", e: "true", f: "g\n" });
  });

  it("takes a key that is also the start of others", () => {
    const text = "high-availability: zookeeper\nhigh-availability.storageDir: s3://b\n";
    expect(read(text)).toEqual({ "high-availability": "zookeeper", "high-availability.storageDir": "s3://b" });
  });

  it("knows the line of each key", () => {
    const lines = parseFlinkYaml("# x\na:\n\n  b: 1\n  c: |\n    x\nd: 2\n").map(({ line }) => line);
    expect(lines).toEqual([4, 5, 7]);
  });

  it.each([
    ["a: 1\nb: 2\na: 3\n", 3, "a is in line 1 already"],
    ["a:\n  b: 1\nc: 2\na.b: 3\n", 4, "a.b is in line 2 already"],
    ["a: 1\na:\n  b: 2\n", 2, "a is in line 1 already"],
    ["a: b: c\n", 1, "a value with `: ` in it, or wrong indentation"],
    ["x: 1\na:\n  b: 1\n c: 2\n", 4, "wrong indentation, or an open bracket"],
    ["a: 1\nb: *\n", 2, "* starts an alias here"],
    ["a: 1\nb: *c\n", 2, "this alias has no anchor before it"],
    ["a: 1\nb: @x\n", 2, "a value cannot start with this character"],
    ['a: "\\q"\n', 1, "unknown escape in double quotes"],
    ["a: [b\n", 2, "wrong indentation, or an open bracket"],
    ['a: "b\n', 2, "a colon, a space, a quote or a bracket is missing"],
    ["a: 1\n\tb: 2\n", 2, "a tab indents this line"],
    ["a: 1\nb:\tc\n", 2, "a tab between values, where Flink takes none"],
    ["a: one\n  \ttwo\n", 2, "a tab between values, where Flink takes none"],
    ["a: 1\n---\nb: 2\n", 2, "a second document starts here"],
    ["a: 1\nb:\nc: 2\n", 2, "b has no value"],
    ["a:\n  b: ~\n", 2, "a.b has no value"],
    ["1: a\n", 1, "a key that is not text"],
    ["a: 1\n: b\n", 2, "a colon without a key"],
    ["- a\n", 1, "this is not keys with values"],
    ["a:b\n", 1, "this is not keys with values"],
    ["a: !thing b\n", 1, "a tag that does not fit its value"],
    ["a: &x\n  b: *x\n", 2, "a.b contains itself"],
    ["a: &x [*x]\n", 1, "a list contains itself"],
    ["a: [{b: 1, b: 2}]\n", 1, "a map inside this list has the same key twice"],
    ["a: 1\nb: \u0007\n", 2, "control character U+0007"],
    ["a: 1\n# \u2028\n", 2, "control character U+2028"],
    ["%x\n---\na: 1\n", 1, "% starts a directive here"],
    ["...\n", 1, "there is nothing before ..."],
  ])("refuses %j in line %i: %s", (text, line, message) => {
    expect(() => parseFlinkYaml(text)).toThrow(expect.objectContaining({ name: "FormatError", line, message }));
  });

  it("refuses what would take Flink or us too long", () => {
    expect(() => parseFlinkYaml("[".repeat(20_000))).toThrow(expect.objectContaining({ name: "FormatError" }));
    const levels = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} {x: *a${index}, y: *a${index}}\n`,
    );
    expect(() => parseFlinkYaml(`a0: &a0 {x: 1}\n${levels.join("")}`)).toThrow("there are too many aliases");
    const aliases = Array.from({ length: 51 }, (_, index) => `b${index}: *a\n`);
    expect(parseFlinkYaml(`a: &a []\n${aliases.slice(0, 50).join("")}`)).toHaveLength(51);
    expect(() => parseFlinkYaml(`a: &a []\n${aliases.join("")}`)).toThrow("there are too many aliases");
    expect(() => parseFlinkYaml("a: b\n".padEnd(3 * 1024 * 1024 + 1, "#"))).toThrow("it is larger than 3 MB");
  });
});

describe("writeFlinkYaml", () => {
  it("writes flat keys in the order of their names, lists as text", () => {
    const text = "jars:\n  - /a.jar # one\n  - /b.jar\nslots: {min: 1, max: '2'}\nb: &n |\n  x\na: *n\n";
    expect(write(read(text))).toBe('a: "x\\n"\nb: "x\\n"\njars: "[/a.jar, /b.jar]"\nslots.max: 2\nslots.min: 1\n');
  });

  it.each([
    ["true", "true"],
    ["8081", "8081"],
    ["0.4", "0.4"],
    ["-Da=1 -Db=2", "-Da=1 -Db=2"],
    ["s3://bucket/a", "s3://bucket/a"],
    ["host:9092,other:9092", "host:9092,other:9092"],
    ["pa$$w0rd#x", "pa$$w0rd#x"],
    ["$X", "$X"],
    ["1.10", '"1.10"'],
    ["1.0E23", '"1.0E23"'],
    ["007", '"007"'],
    ["True", '"True"'],
    ["null", '"null"'],
    ["", '""'],
    ["*", '"*"'],
    ["a: b", '"a: b"'],
    ["a #b", '"a #b"'],
    [" a", '" a"'],
    ["a ", '"a "'],
    ["a:", '"a:"'],
    ["- a", '"- a"'],
    ["[a]", '"[a]"'],
    ["a\nb", '"a\\nb"'],
    ["\u2028\u0085\u007f\ufeff", '"\\u2028\\u0085\\u007f\\ufeff"'],
    ["größe 日本 😀", '"größe 日本 😀"'],
    ["x".repeat(300), "x".repeat(300)],
    [`a: ${"x ".repeat(300)}b`, `"a: ${"x ".repeat(300)}b"`],
  ])("writes %j as %s", (value, written) => {
    expect(write({ key: value })).toBe(`key: ${written}\n`);
  });

  it("quotes keys that are not like Flink's, and gives very long ones their own line", () => {
    expect(write({ "a b": "1", true: "2", "1": "3" })).toBe('"1": 3\n"a b": 1\n"true": 2\n');
    const key = "k".repeat(2000);
    expect(read(write({ a: "b", [key]: "v" }))).toEqual({ a: "b", [key]: "v" });
  });

  it("writes a secret as its mask, and its value when it is opened", () => {
    const written = writeFlinkYaml(new Map([["new.token", new Secret("TOKEN_FILE", () => "a: b")]]));
    expect(maskText(written)).toBe("new.token: <secret from TOKEN_FILE>\n");
    expect(openText(written)).toBe('new.token: "a: b"\n');
  });
});
