import { describe, expect, it } from "vitest";
import { suggest } from "../../../src/core/suggest.ts";

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
});
