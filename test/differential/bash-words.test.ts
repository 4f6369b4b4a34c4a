import { execa } from "execa";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BashSyntaxError, expandWords, splitWords } from "../../src/flink/bash-words.ts";

const variables: Readonly<Record<string, string>> = { X: "1 2", EMPTY: "", TAB: "\ta\n b ", Q: `"'\\$X` };

/** Prints what `eval echo` makes of each text that is read, unless it is refused, and a null character after each. */
const script = `
while IFS= read -r -d '' text; do
  result=$(eval echo $text 2> /dev/null) && printf '%s' "=$result"
  printf '\\0'
done`;

async function askBash(texts: readonly string[]): Promise<readonly (string | undefined)[]> {
  const { stdout } = await execa("bash", ["-c", script], {
    env: variables,
    input: texts.map((text) => `${text}\0`).join(""),
    stripFinalNewline: false,
  });
  const answers = stdout.split("\0").slice(0, -1);
  return answers.map((answer) => (answer.startsWith("=") ? answer.slice(1) : undefined));
}

/** No operators, patterns, braces and comments: those are text to us, which is meant. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("-Da=b", "x", ":", "-", ",", "1", "é", "=", "!", "@", "%", "^", "/") },
  { weight: 3, arbitrary: fc.constantFrom(" ", "  ", "\t", "\n", `"`, "'", "\\") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "$X",
      "${X}",
      "$EMPTY",
      "${NONE}",
      "$TAB",
      "${Q}",
      "${NONE:-d}",
      "${EMPTY:-}",
      "${X:-d e}",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "$",
      "$,",
      "$/",
      "\\$X",
      "\\\\",
      `\\"`,
      "'$X'",
      `"$X"`,
      `"\${TAB}"`,
      `"a  b"`,
      `''`,
      `""`,
    ),
  },
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => `x${pieces.join("")}`);

/** Such as `$$` or `$"…"`, which bash expands and we refuse. */
const unsupported = "unsupported";

function ours(line: string): string | undefined {
  try {
    return expandWords(line, (name) => variables[name]).join(" ");
  } catch (error) {
    if (error instanceof BashSyntaxError) return error.message.includes("expansion") ? unsupported : undefined;
    throw error;
  }
}

describe("words of a command line", () => {
  it("are expanded and split as bash does it, and refused where it finds a quote without its partner", async () => {
    const texts = fc.sample(text, 1_500);
    const theirs = await askBash(texts);
    const different = texts.flatMap((line, index) => {
      const [bash, own] = [theirs[index], ours(line)];
      if (own === unsupported) return [];
      if (bash === undefined || own === undefined) return bash === own ? [] : [{ line, bash, own }];
      // A lone $ keeps bash from splitting its word; what becomes an argument is split again later, so that it is all one.
      const words = (answer: string) =>
        /\$(?![A-Z{])/.test(line) ? splitWords(answer).join(" ") : answer.replace(/\n+$/, "");
      return words(own) === words(bash) ? [] : [{ line, bash, own }];
    });
    expect(different.slice(0, 5)).toEqual([]);
    expect(theirs.filter((answer) => answer === undefined).length).toBeGreaterThan(50);
    expect(theirs.filter((answer) => answer !== undefined).length).toBeGreaterThan(500);
  });
});
