import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFlinkYaml } from "../../../../src/formats/flink-configuration/flink-yaml.ts";
import { FormatError } from "../../../../src/formats/format-error.ts";

const indent = fc.constantFrom("", "  ", "    ");
const line = fc.oneof(
  { arbitrary: fc.constantFrom("# a", "#", "# b: c", "#\tx", "    # far in", "  #d", "# é"), weight: 4 },
  { arbitrary: fc.constantFrom("", "  ", "\t", "\t# tab"), weight: 2 },
  fc
    .tuple(
      indent,
      fc.constantFrom("a:", "b: 1", "c.d: text", "e: x # y", "- item", "f: [1,", "2]", "g: {h: 1", "}", "words", "? i"),
    )
    .map((parts) => parts.join("")),
  fc.constantFrom("---", "...", "%YAML 1.2", "&anchor", "j: *anchor", "k: &anchor 2", "*anchor : l"),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom("\n", "\n", "\r\n"), fc.boolean())
  .map(([lines, newline, ends]) => lines.join(newline) + (ends ? newline : ""));

/** Comments that begin in different columns, or have a blank line between them: the parser does not take them for one. */
const apart = ["a:\n# a\n  #d\n\t", "a:\n- item\n    # far in\n# a", "a:\n# a\n\n# a\n    2]"];

/** What parsing gives, or says. */
function outcome(of: string) {
  try {
    return { entries: parseFlinkYaml(of) };
  } catch (error) {
    if (error instanceof FormatError) return { message: error.message, line: error.line };
    throw error;
  }
}

describe("a comment of many lines", () => {
  it("is read as it is where one line of it has been made a scalar's end", () => {
    // A quote in what follows may be the end of anything, so that no comment is touched before the parser has seen it.
    fc.assert(
      fc.property(text, (before) => {
        const untouched = outcome(`${before}\n'q': 1\n`);
        const touched = outcome(`${before}\nqqq: 1\n`);
        expect(JSON.stringify(touched).replaceAll("qqq", "q")).toBe(JSON.stringify(untouched).replaceAll("'q'", "q"));
      }),
      { numRuns: 3000, examples: apart.map((each) => [each]) },
    );
  });

  it("counts its lines", () => {
    expect(parseFlinkYaml("# 1\n# 2\n\n# 4\na: 1\n# 6\n# 7\nb: 2\n").map((entry) => entry.line)).toEqual([5, 8]);
  });

  it.each(["'", '"', "|\n ", ">\n "])("stays what it is inside of a scalar that begins with %j", (begin) => {
    const end = /['"]/.test(begin) ? begin : "";
    const [entry] = parseFlinkYaml(`a: ${begin}one\n # two\n # three${end}\n`);
    expect(entry?.value).toMatch(/one\s# two\s# three/);
  });
});
