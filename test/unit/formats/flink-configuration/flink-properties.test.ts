import { describe, expect, it } from "vitest";
import { parseFlinkProperties } from "../../../../src/formats/flink-configuration/flink-properties.ts";

const read = (text: string) => {
  const { entries, problems } = parseFlinkProperties(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
};

describe("what the official entrypoint gets wrong", () => {
  it.each([
    ["spaces in a value", "env.java.opts.all: -Da=1 -Db=2", { "env.java.opts.all": "-Da=1 -Db=2" }],
    ["dollars and a hash", "s3.secret-key: pa$$w0rd#x", { "s3.secret-key": "pa$$w0rd#x" }],
    ["a star", "rest.cors: *", { "rest.cors": "*" }],
    ["a comment with a colon", "# comment: x\na.b: 1", { "a.b": "1" }],
    ["nested YAML", "s3:\n  endpoint: x\n  path:\n    style: true\n", { "s3.endpoint": "x", "s3.path.style": "true" }],
    ["a variable", "a.b: ${UNSET}", { "a.b": "${UNSET}" }],
    [
      "a key that is also the start of others",
      "high-availability: zookeeper\nhigh-availability.storageDir: s3://b",
      { "high-availability": "zookeeper", "high-availability.storageDir": "s3://b" },
    ],
    ["a space at the end of a quoted value", 'env.java.opts.all: "-Da=1 "', { "env.java.opts.all": "-Da=1 " }],
  ])("%s", (_, text, entries) => {
    expect(read(text)).toEqual(entries);
  });
});

describe("parseFlinkProperties", () => {
  it.each([
    [
      "lines of Windows, blank ones and an indented text",
      "\r\n  a.b: 1\r\n\r\n  c.d: 2\r\n",
      { "a.b": "1", "c.d": "2" },
    ],
    [
      "a first line without the others' indentation",
      "a.b: 1\n   c.d: 2\n   e.f: 3",
      { "a.b": "1", "c.d": "2", "e.f": "3" },
    ],
    ["tabs around", "\ta.b:\t1\t", { "a.b": "1" }],
    ["no space behind the colon", "a.b:c\na.d: http://x", { "a.b": "c", "a.d": "http://x" }],
    ["a space before the colon", "a.b : c", { "a.b": "c" }],
    ["a colon and a space in a value", "a.b: c: d", { "a.b": "c: d" }],
    ["a comment behind a value", "a.b: c # d", { "a.b": "c" }],
    [
      "text as it stands",
      "a.b: 007\nc.d: &x\ne.f: @x\ng.h: %x\ni.j: !x\nk.l: - m",
      { "a.b": "007", "c.d": "&x", "e.f": "@x", "g.h": "%x", "i.j": "!x", "k.l": "- m" },
    ],
    ["quoted values", `a: "b # c" # d\ne: 'it''s'\nf: "\\u00e9"`, { a: "b # c", e: "it's", f: "é" }],
    ["quotes that are a part", `a: 'b' 'c'\nd: "e\nf: "g" "h"`, { a: "'b' 'c'", d: '"e', f: '"g" "h"' }],
    [
      "lists and maps in brackets",
      "a: [b, 'c d']\ne: {f: 1, g: h}\ni: [j",
      { a: "[b, c d]", "e.f": "1", "e.g": "h", i: "[j" },
    ],
    ["brackets over lines", "a: [b,\n  c]\nd: 1", { a: "[b, c]", d: "1" }],
    ["lists", "a:\n- b\n- c\nd:\n  - e\n", { a: "[b, c]", d: "[e]" }],
    ["blocks", "a: |\n  b\n  # c\nd: >-\n  e\n  f\ng: |", { a: "b\n# c\n", d: "e f", g: "|" }],
    ["nested YAML in an indented text", "  a:\n    b: 1\n  c: 2\n", { "a.b": "1", c: "2" }],
    ["the start of a document", "--- # x\na: b\n", { a: "b" }],
    ["keys in quotes", `"a.b": c\n'd': e`, { "a.b": "c", d: "e" }],
    ["an empty text in quotes", 'a: ""', { a: "" }],
    ["a byte order mark", "\ufeffa: b", { a: "b" }],
    ["nothing", "\n  \n# x\n", {}],
  ])("reads %s", (_, text, entries) => {
    expect(read(text)).toEqual(entries);
  });

  it("takes the last line for a key, and says where all of them are", () => {
    const { entries, duplicates } = parseFlinkProperties("a.b: 1\nc: 2\na:\n  b: 3\n  b: 4\n");
    expect(entries).toEqual([
      { key: "c", value: "2", line: 2 },
      { key: "a.b", value: "4", line: 5 },
    ]);
    expect(duplicates).toEqual([{ key: "a.b", lines: [1, 4, 5] }]);
  });

  it("names all problems at once, by line and without the values", () => {
    const text =
      "a.b: ok\nsecret1\nc: x\u0000secret2\nkey=secret3\nd:\ne:\n  f: *secret4\n  g: 1\n=\n- secret5\nh:\n\ti: secret6\n";
    const { entries, problems } = parseFlinkProperties(text);
    expect(entries.map(({ key }) => key)).toEqual(["a.b"]);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [2, "this line is not `key: value`"],
      [3, "this line has a control character"],
      [4, "this line is not `key: value`"],
      [5, "d has no value"],
      [7, "this alias has no anchor before it"],
      [9, "this line is not `key: value`"],
      [10, "this line is not `key: value`"],
      [12, "a tab indents this line"],
    ]);
    expect(problems.map(({ message, hint }) => message + hint).join(" ")).not.toContain("secret");
  });

  it("counts the problems that are too many to name", () => {
    const { problems } = parseFlinkProperties("junk\n".repeat(1000));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toMatchObject({ line: 21, message: "980 more lines are wrong, from here on" });
  });
});
