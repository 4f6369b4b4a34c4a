import { describe, expect, it } from "vitest";
import { inspect } from "./sequence.ts";

const readers = [0, 500];
/** What the job writes when two readers have read a hundred numbers each. */
const lines = Array.from({ length: 100 }, (_, step) => readers.map((start) => start + step))
  .flat()
  .map((number, index, all) => {
    const key = number % 4;
    return `${number}\t${key}\t${all.slice(0, index + 1).filter((other) => other % 4 === key).length}`;
  });
const whole = lines.join("\n");

describe("a look at the job's output", () => {
  it("finds nothing where each number is there once, in whatever order", () => {
    expect(inspect(lines.toReversed().join("\n"), 2)).toEqual({ numbers: 200, twice: 0, gaps: 0 });
  });

  it("finds a line that is there twice", () => {
    expect(inspect(`${whole}\n${lines[17]}`, 2).twice).toBeGreaterThan(0);
  });

  it("finds a line that is missing", () => {
    expect(inspect(lines.toSpliced(17, 1).join("\n"), 2).gaps).toBeGreaterThan(0);
  });

  it("finds state that began again", () => {
    const again = lines.map((line, index) => (index < 100 ? line : line.replace(/\d+$/, String(index - 99))));
    expect(inspect(again.join("\n"), 2).twice).toBeGreaterThan(0);
  });

  it("finds the beginning of a key's counts missing", () => {
    const late = lines.map((line) => line.replace(/\d+$/, (count) => String(Number(count) + 1)));
    expect(inspect(late.join("\n"), 2).gaps).toBeGreaterThan(0);
  });
});
