import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret } from "../../src/secret.ts";
import { parseFlinkYaml, writeFlinkYaml } from "../../src/formats/flink-configuration/flink-yaml.ts";
import { edited, tokenSoup } from "../support/flink-documents.ts";
import { anyKey, hostileValue } from "../support/hostile-values.ts";
import { openText } from "../support/open-text.ts";

const read = (text: string) => new Map(parseFlinkYaml(text).map(({ key, value }) => [key, value]));

describe("config.yaml", () => {
  it("reads back every value and key that it wrote, one line each", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyKey, hostileValue), { maxLength: 5 }), (pairs) => {
        const wanted = new Map(pairs);
        const text = openText(writeFlinkYaml(wanted));
        expect(read(text)).toEqual(wanted);
        expect(text.split("\n").length - 1).toBe(wanted.size);
      }),
      { numRuns: 1000 },
    );
  });

  it("writes what it has read, whatever the shape of the file", () => {
    fc.assert(
      fc.property(edited, ({ text }) => {
        expect(read(openText(writeFlinkYaml(read(text))))).toEqual(read(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("writes keys in the order of their names", () => {
    fc.assert(
      fc.property(edited, ({ text }) => {
        const keys = [...read(openText(writeFlinkYaml(read(text)))).keys()];
        expect(keys).toEqual([...read(text).keys()].toSorted());
      }),
    );
  });

  it("writes a secret as it writes the same text", () => {
    fc.assert(
      fc.property(edited, ({ changes }) => {
        const secrets = new Map([...changes].map(([key, value]) => [key, new Secret("TEST", () => value)]));
        expect(openText(writeFlinkYaml(secrets))).toBe(openText(writeFlinkYaml(changes)));
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
