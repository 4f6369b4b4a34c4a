import { describe, expect, it } from "vitest";
import { maskArguments } from "../../../src/core/plan/mask-arguments.ts";
import { printNotice, printProblems } from "../../../src/core/findings/print-problems.ts";

describe("printProblems", () => {
  const problem = { code: "area/what", where: ["VARIABLE", "/file", "line 3"], text: "it is wrong", hint: "mend it" };

  it("says where, what, and what to do", () => {
    expect(printProblems([problem])).toEqual([
      "error: VARIABLE: /file: line 3: it is wrong",
      "hint: mend it [area/what]",
      "1 error; nothing was written",
    ]);
  });

  it("counts", () => {
    expect(printProblems([problem, problem]).at(-1)).toBe("2 errors; nothing was written");
  });

  it.each([
    ["\u001B[31m", "\\u001b[31m"],
    ["a\nsluice: all is well", "a\\u000asluice: all is well"],
    ["\u009B2J\u2028", "\\u009b2J\\u2028"],
    ["größer ✓", "größer ✓"],
  ])("sends no control character to the terminal: %j", (text, shown) => {
    expect(printProblems([{ ...problem, text }])[0]).toBe(`error: VARIABLE: /file: line 3: ${shown}`);
  });
});

describe("printNotice", () => {
  it("marks a warning, and has its hint on a line of its own", () => {
    const notice = { where: ["VARIABLE"], text: "it is odd" };
    expect(printNotice({ ...notice, level: "info" })).toEqual(["VARIABLE: it is odd"]);
    expect(printNotice({ ...notice, level: "warning", hint: "look" })).toEqual([
      "warning: VARIABLE: it is odd",
      "hint: look",
    ]);
  });
});

describe("maskArguments", () => {
  it.each([
    [
      ["jobmanager", "-D", "a.password=x=y", "-D", "b=1"],
      ["jobmanager", "-D", "a.password=<secret from -D>", "-D", "b=1"],
    ],
    [
      ["jobmanager", "-Dfs.s3a.secret.key=x"],
      ["jobmanager", "-Dfs.s3a.secret.key=<secret from -D>"],
    ],
    [
      ["bash", "-c", "echo"],
      ["bash", "-c", "echo"],
    ],
    [[], []],
  ])("masks in %j", (argv, masked) => {
    expect(maskArguments(argv)).toEqual(masked);
  });
});
