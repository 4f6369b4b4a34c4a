import { describe, expect, it } from "vitest";
import { type Krb5Include, readKrb5Conf, writeKrb5Conf } from "../../../../src/formats/kerberos/krb5-conf.ts";

const read = (text: string) => readKrb5Conf(text, () => []);

describe("readKrb5Conf", () => {
  it("reads sections, groups, comments and quotes", () => {
    const text = [
      "# comment",
      "[libdefaults]",
      "  default_realm = CORP.EXAMPLE",
      "; comment",
      '  name = "two words"',
      "",
      "[realms]*",
      "  CORP.EXAMPLE* = {",
      "    kdc = a",
      "    kdc = b:88",
      "    auth_to_local_names = {",
      "      flink = nobody",
      "    }",
      "  }*",
    ].join("\r\n");
    expect(read(text)).toEqual([
      {
        name: "libdefaults",
        relations: [
          { name: "default_realm", value: "CORP.EXAMPLE" },
          { name: "name", value: "two words", raw: '"two words"' },
        ],
      },
      {
        name: "realms",
        relations: [
          {
            name: "CORP.EXAMPLE",
            value: [
              { name: "kdc", value: "a" },
              { name: "kdc", value: "b:88" },
              { name: "auth_to_local_names", value: [{ name: "flink", value: "nobody" }] },
            ],
          },
        ],
      },
    ]);
  });

  it("puts what is included where the directive stands", () => {
    const seen: Krb5Include[] = [];
    const sections = readKrb5Conf("[a]\nincludedir  /etc/krb5.conf.d/ \ninclude /x\n[c]\n", (directive) => {
      seen.push(directive);
      return [{ name: `b${directive.line}`, relations: [] }];
    });
    expect(sections.map(({ name }) => name)).toEqual(["a", "b2", "b3", "c"]);
    expect(seen).toEqual([
      { kind: "includedir", path: "/etc/krb5.conf.d/", line: 2 },
      { kind: "include", path: "/x", line: 3 },
    ]);
  });

  it.each([
    ["a = b", 1, "a value stands outside of any section"],
    ["[a]\ninclude /x\nb = c", 3, "a value stands outside of any section"],
    ["[a]\nb = {\nc = d\n", 2, "b = { is not closed"],
    ["[a]\nb = {\n[c]\n", 2, "b = { is not closed"],
    ["[a]\n}\n", 2, "} closes nothing that is open"],
    ["[a]\nb\n", 2, "this is neither a section nor name = value"],
    ["[a\n", 1, "this is neither a section nor name = value"],
    ["[a]\nb = { c = d }\n", 2, "Java takes braces in one line for a value"],
    ["module /x.so:y", 1, "this is neither a section nor name = value"],
  ])("%j: line %i: %s", (text, line, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ message, line }));
  });
});

describe("writeKrb5Conf", () => {
  it.each(["two\nlines", " space", "{", "{ x"])("refuses the value %j", (value) => {
    expect(() => writeKrb5Conf([{ name: "a", relations: [{ name: "b", value }] }])).toThrow("krb5.conf cannot say");
  });

  it.each(["a b", "a=b", "#a", "", "x]", "a*"])("refuses the name %j", (name) => {
    expect(() => writeKrb5Conf([{ name: "a", relations: [{ name, value: "b" }] }])).toThrow("cannot be a name");
    expect(() => writeKrb5Conf([{ name, relations: [] }])).toThrow("cannot be a name");
  });

  it("says all that was read: expansions, empty values, quotes, other letters, wildcards", () => {
    const lines = [
      "default_ccache_name = KEYRING:persistent:%{uid}",
      "empty =",
      'q = "a b"',
      "name = größe",
      "*.corp.example = X",
    ];
    const text = `[libdefaults]\n${lines.map((line) => `    ${line}\n`).join("")}`;
    expect(writeKrb5Conf(read(text)).replaceAll(" \n", "\n")).toBe(text);
  });

  it("puts the groups of a name together, because Java reads only the first", () => {
    const text = "[realms]\nA = {\nkdc = x\n}\n[libdefaults]\n[realms]\nA = {\nkdc = y\n}\n";
    expect(writeKrb5Conf(read(text))).toBe(
      "[realms]\n    A = {\n        kdc = x\n        kdc = y\n    }\n\n[libdefaults]\n",
    );
  });
});
