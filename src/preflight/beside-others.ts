import type { Notice, Problem } from "../core/problem.ts";

/** A server that cannot be reached, where others of its kind can: clients go on with those, after a while. */
export function besideOthers({ where, text, hint }: Problem): Notice {
  return { level: "warning", where, text: `${text}; others can be reached`, hint };
}
