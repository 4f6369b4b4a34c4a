import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskText, Secret } from "../../src/secret.ts";
import { parseFlinkYaml, writeFlinkYaml } from "../../src/formats/flink-configuration/flink-yaml.ts";
import { edited, tokenSoup } from "../support/flink-documents.ts";
import { anyKey, hostileValue } from "../support/hostile-values.ts";
import { openText } from "../support/open-text.ts";

const read = (text: string) => new Map(parseFlinkYaml(text).entries.map(({ key, value }) => [key, value]));

describe("config.yaml", () => {
  it("reads back every value and key that it wrote, one line each", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyKey, hostileValue), { maxLength: 5 }), (pairs) => {
        const wanted = new Map(pairs);
        const text = openText(writeFlinkYaml(parseFlinkYaml(""), wanted));
        expect(read(text)).toEqual(wanted);
        expect(text.split("\n").length - 1).toBe(wanted.size);
      }),
      { numRuns: 1000 },
    );
  });

  it("changes the keys it is told to and no other", () => {
    fc.assert(
      fc.property(edited, ({ text, changes }) => {
        const written = openText(writeFlinkYaml(parseFlinkYaml(text), changes));
        expect(read(written)).toEqual(new Map([...read(text), ...changes]));
      }),
      { numRuns: 1000 },
    );
  });

  it("leaves the lines of other keys as they are, if all changes have a place", () => {
    fc.assert(
      fc.property(edited, ({ text, changes, blocks }) => {
        const document = parseFlinkYaml(text);
        const canStay = [...changes.keys()].every(
          (key) => document.entries.find((entry) => entry.key === key)?.replace !== undefined,
        );
        fc.pre(canStay);
        const newline = text.includes("\r\n") ? "\r\n" : "\n";
        let rest = openText(writeFlinkYaml(document, changes));
        for (const { text: lines, keys } of blocks) {
          if (keys.some((key) => changes.has(key))) continue;
          const at = rest.indexOf(lines.replaceAll("\n", newline));
          expect(at).toBeGreaterThanOrEqual(0);
          rest = rest.slice(at + lines.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is the same text, byte for byte, without changes", () => {
    fc.assert(
      fc.property(edited, ({ text }) => {
        expect(openText(writeFlinkYaml(parseFlinkYaml(text), new Map()))).toBe(text);
      }),
    );
  });

  it("writes a secret as it writes the same text", () => {
    fc.assert(
      fc.property(edited, ({ text, changes }) => {
        const document = parseFlinkYaml(text);
        const secrets = new Map([...changes].map(([key, value]) => [key, new Secret("TEST", () => value)]));
        expect(openText(writeFlinkYaml(document, secrets))).toBe(openText(writeFlinkYaml(document, changes)));
      }),
    );
  });

  it("never shows the value of a sensitive key", () => {
    const planted = fc.stringMatching(/^[a-z]{12}$/);
    const shape = fc.constantFrom(
      (value: string) => `s3.secret-key: ${value} # note\n`,
      (value: string) => `s3:\n  secret-key: "${value}"\n  other: x\n`,
      (value: string) => `a: {api-key: '${value}', b: c}\n`,
      (value: string) => `a.password: |\n  ${value}\n  ${value}\nb: c\n`,
      (value: string) => `a: &anchor ${value}\nb.token: *anchor\n`,
      (value: string) => `http-headers:\n  - ${value}\n  - b\n`,
      (value: string) => `# s3.secret-key: ${value}\na: b\n`,
      (value: string) => `a: b # was password: ${value}\n`,
      (value: string) => `#  token = "${value}"`,
      (value: string) => `{ a.password: ${value} }`,
    );
    fc.assert(
      fc.property(shape, planted, fc.boolean(), (make, value, isAdded) => {
        const changes = new Map(isAdded ? [["new.key", "x"]] : []);
        const text = writeFlinkYaml(parseFlinkYaml(make(value), "/c/config.yaml"), changes);
        expect(maskText(text)).not.toContain(value);
        expect(maskText(text)).toMatch(
          isAdded && make("").startsWith("{") ? /<secret from|new\.key/ : /<secret from \/c\/config\.yaml/,
        );
      }),
    );
  });

  it("throws nothing but a FormatError, which does not repeat a value", () => {
    const soup = fc.oneof(tokenSoup, fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(soup, (text) => {
        expect([undefined, "FormatError"]).toContain(failureOf(text)?.name);
        expect(failureOf(`key: planted${text}`)?.message ?? "").not.toContain("planted");
      }),
      { numRuns: 3000 },
    );
  });
});

function failureOf(text: string): Error | undefined {
  try {
    parseFlinkYaml(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error("not even an Error");
  }
}
