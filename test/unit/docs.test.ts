import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { networkCodes, problemCodes, referenceDocs } from "../../scripts/reference-docs.ts";
import { declarations } from "../../src/cli/environment-reference.ts";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");

describe("the documents that are made from the code", () => {
  for (const [path, text] of referenceDocs()) {
    it(`${path} is what npm run docs would write`, () => {
      expect(read(path)).toBe(text);
    });
  }

  it("have every variable and every family", () => {
    const names = declarations.flatMap(({ env, envPatterns = [] }) => [
      ...Object.keys(env),
      ...envPatterns.map(({ name }) => name),
    ]);
    const text = read("docs/environment.md");
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it("have every problem", () => {
    const text = read("docs/problems.md");
    expect([...problemCodes, ...networkCodes].filter((code) => !text.includes(`### ${code}\n`))).toEqual([]);
  });
});
