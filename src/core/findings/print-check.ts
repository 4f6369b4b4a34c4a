import { type Notice, type Problem, problemJson } from "./problem.ts";
import { printNotice, printProblem } from "./print-problems.ts";

/** What a check came to. */
export interface CheckReport {
  /** What was tried over the network. */
  readonly checked: readonly { readonly what: string; readonly milliseconds: number }[];
  /** For all of it. */
  readonly milliseconds: number;
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** The report for a terminal: first what is well or merely odd, then what is wrong, and a line that sums up. */
export function printCheck({ checked, milliseconds, problems, notices }: CheckReport): string {
  const warnings = notices.filter(({ level }) => level === "warning").length;
  const sum = [count(problems.length, "error"), ...(warnings > 0 ? [count(warnings, "warning")] : [])].join(", ");
  const last = `${sum}; ${count(checked.length, "check")} in ${(milliseconds / 1000).toFixed(1)} s; nothing was written`;
  return `${[...notices.flatMap(printNotice), ...problems.flatMap(printProblem), last].join("\n")}\n`;
}

function count(number: number, noun: string): string {
  return `${number === 0 ? "no" : number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The same in the form that docs/check.schema.json describes. */
export function checkJson({ checked, milliseconds, problems, notices }: CheckReport): string {
  const findings = { problems: problems.map(problemJson), notices };
  return `${JSON.stringify({ version: 1, ok: problems.length === 0, milliseconds, checked, ...findings }, null, 2)}\n`;
}
