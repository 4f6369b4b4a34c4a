import { describe, expect, it } from "vitest";
import { Seed } from "../../../src/shell/run-dir/seed.ts";

describe("Seed", () => {
  const seed = new Seed(Buffer.alloc(Seed.size, 1));

  it("derives the same from the same label, and something else from another", () => {
    expect(seed.derive("a", 16)).toEqual(seed.derive("a", 16));
    expect(seed.derive("a", 16)).not.toEqual(seed.derive("b", 16));
  });

  it("derives something else from another seed", () => {
    expect(Seed.random().derive("a", 16)).not.toEqual(seed.derive("a", 16));
  });

  it("derives passwords of 256 bits that no file format has to escape", () => {
    expect(seed.password("internal")).toMatch(/^[\w-]{43}$/);
  });
});
