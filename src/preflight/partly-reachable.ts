import type { Finding } from "../core/findings/findings.ts";
import type { Notice, Problem } from "../core/findings/problem.ts";

/** The result of probing one of several servers that can replace each other. */
export interface ServerFound {
  readonly findings: readonly Finding[];
  /** Why the server cannot be reached. It is a problem only if no other server can be reached. */
  readonly unreachable?: Problem;
}

/** All findings. While at least one server can be reached, an unreachable one is only a warning: clients try the next. */
export function joinServers(found: readonly ServerFound[]): readonly Finding[] {
  const missing = found.flatMap((each) => each.unreachable ?? []);
  const reported = missing.length < found.length ? missing.map(asWarning) : missing;
  return [...reported, ...found.flatMap((each) => each.findings)];
}

function asWarning({ where, text, hint }: Problem): Notice {
  return { level: "warning", where, text: `${text}; others can be reached`, hint };
}
