import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFlinkConf, writeFlinkConf } from "../../src/formats/flink-configuration/flink-conf.ts";
import { confDocument } from "../support/flink-documents.ts";
import { hostileValue } from "../support/hostile-values.ts";
import { openText } from "../support/open-text.ts";

const read = (text: string) => new Map(parseFlinkConf(text).map(({ key, value }) => [key, value]));

describe("flink-conf.yaml", () => {
  it("writes what it has read", () => {
    fc.assert(
      fc.property(confDocument, ({ text }) => {
        expect(read(openText(writeFlinkConf(read(text))))).toEqual(read(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("writes a value so that it is read back, or refuses it", () => {
    fc.assert(
      fc.property(hostileValue, (value) => {
        const outcome = attempt(() => read(openText(writeFlinkConf(new Map(Object.entries({ a: "1", b: value }))))));
        expect([undefined, value]).toContain(outcome?.get("b"));
        expect(outcome?.get("a") ?? "1").toBe("1");
        const isSayable = value !== "" && !/[#\r\n]|^[\0- ]|[\0- ]$/.test(value);
        expect(outcome !== undefined).toBe(isSayable);
      }),
      { numRuns: 1000 },
    );
  });
});

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
