import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expand } from "../../src/formats/flink-configuration/expand.ts";
import { parseFlinkProperties } from "../../src/formats/flink-configuration/flink-properties.ts";
import { parseFlinkYaml, writeFlinkYaml } from "../../src/formats/flink-configuration/flink-yaml.ts";
import { tokenSoup } from "../support/flink-documents.ts";
import { hostileValue } from "../support/hostile-values.ts";
import { openText } from "../support/open-text.ts";

const key = fc.stringMatching(/^[a-z]{1,6}(\.[a-z-]{1,6}){1,3}$/);

/** A value that FLINK_PROPERTIES takes as it stands. */
const literal = hostileValue.filter(
  (value) => value !== "" && value.trim() === value && !/^[#"'[{|>]|\s#|[^\t\P{Cc}]|[\r\n]/u.test(value),
);

const asMap = (entries: readonly { readonly key: string; readonly value: string }[]) =>
  new Map(entries.map((entry) => [entry.key, entry.value]));

describe("FLINK_PROPERTIES", () => {
  it("takes lines as they stand, whatever stands around them", () => {
    const frame = fc.record({
      indent: fc.constantFrom("", "  ", "\t"),
      end: fc.constantFrom("", " ", " # note", "\r"),
      between: fc.constantFrom("", "\n", "\n# a: comment", "\n   "),
    });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, literal, frame), { selector: ([name]) => name }), (lines) => {
        const text = lines.map(
          ([name, value, { indent, end, between }]) => `${indent}${name}: ${value}${end}${between}`,
        );
        const { entries, problems } = parseFlinkProperties(text.join("\n"));
        expect(problems).toEqual([]);
        expect(asMap(entries)).toEqual(new Map(lines.map(([name, value]) => [name, value])));
      }),
      { numRuns: 1000 },
    );
  });

  it("never throws, and never repeats a value", () => {
    fc.assert(
      fc.property(fc.oneof(tokenSoup, fc.string({ unit: "binary" }), hostileValue), (text) => {
        const { problems } = parseFlinkProperties(`key: planted${text}\nother: "planted${text}`);
        expect(problems.map(({ message, hint }) => message + hint).join(" ")).not.toContain("planted");
      }),
      { numRuns: 2000 },
    );
  });

  it("gets no key and no line from the value of a variable", () => {
    fc.assert(
      fc.property(hostileValue, hostileValue, (one, other) => {
        const { entries } = parseFlinkProperties("a.b: x ${ONE} $OTHER\nc:\n  d: ${NONE:-${ONE}}\n");
        const expanded = entries.map((entry) => {
          const { value } = expand(entry.value, (name) => ({ ONE: one, OTHER: other })[name]);
          return [entry.key, typeof value === "string" ? value : ""] as const;
        });
        const text = openText(writeFlinkYaml(new Map(expanded)));
        expect(asMap(parseFlinkYaml(text))).toEqual(
          new Map([
            ["a.b", `x ${one} ${other}`],
            ["c.d", one],
          ]),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe("expand", () => {
  const part = fc.constantFrom(
    "$",
    "$$",
    "{",
    "}",
    "${",
    "A",
    "B",
    ":-",
    "${A}",
    "$B",
    "${C:-",
    "x",
    " ",
    ".",
    "${A.b}",
    "$${A}",
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));

  it("changes nothing when nothing is set, but for escapes, defaults and what it calls unset", () => {
    fc.assert(
      fc.property(text, (value) => {
        fc.pre(!/\$\$\{\w|\$\{[A-Za-z_]\w*(?:\}|:-)/.test(value));
        expect(expand(value, () => undefined)).toEqual({ value, expanded: [], unset: [] });
      }),
    );
  });

  it("does not look at what a variable holds", () => {
    fc.assert(
      fc.property(text, text, (value, inner) => {
        const mark = "\u0001";
        const marked = expand(value, (name) => (name === "A" ? mark : undefined)).value;
        const real = expand(value, (name) => (name === "A" ? inner || mark : undefined)).value;
        expect(real).toBe(String(marked).replaceAll(mark, () => inner || mark));
      }),
    );
  });
});
