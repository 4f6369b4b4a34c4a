import * as fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { describe, expect, it } from "vitest";
import { suggest } from "../../../src/core/findings/suggest.ts";

describe("suggest", () => {
  const names = ["parallelism.default", "rest.port", "rest.address"];

  it.each([
    ["paralellism.default", "parallelism.default"],
    ["REST.PORT", "rest.port"],
    ["rest.prot", "rest.port"],
    ["something.else", undefined],
    ["x", undefined],
    ["", undefined],
  ])("for %j: %s", (word, suggestion) => {
    expect(suggest(word, names)).toBe(suggestion);
  });

  it("has nothing to suggest where there is nothing", () => {
    expect(suggest("rest.port", [])).toBeUndefined();
  });

  it("misses no candidate that is near enough", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "b", "c", "_"), minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(name, name, fc.integer({ min: 0, max: 3 }), (word, candidate, edits) => {
        const isNear = distance(word, candidate) <= Math.min(edits, Math.floor(word.length / 3));
        expect(suggest(word, [candidate], edits)).toBe(isNear ? candidate : undefined);
      }),
    );
  });
});
