import type { Notice, Problem } from "./problem.ts";

/** The lines that go to stderr for problems, without the `sluice: ` in front. Control characters are shown, not sent to the terminal. */
export function printProblems(problems: readonly Problem[]): readonly string[] {
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  return [...problems.flatMap(printProblem), `${count}; nothing was written`];
}

/** The two lines of one problem. */
export function printProblem({ code, where, text, hint }: Problem): readonly string[] {
  return [`error: ${[...where, text].join(": ")}`, `hint: ${hint} [${code}]`].map(visible);
}

/** The lines of a notice, likewise. */
export function printNotice({ level, where, text, hint }: Notice): readonly string[] {
  const line = [...where, text].join(": ");
  const lines = level === "warning" ? [`warning: ${line}`] : [line];
  return [...lines, ...(hint === undefined ? [] : [`hint: ${hint}`])].map(visible);
}

function visible(line: string): string {
  return line.replaceAll(
    /[\p{Cc}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
