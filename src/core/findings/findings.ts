import type { Notice, Problem } from "./problem.ts";

/** What a check gives. */
export type Finding = Problem | Notice;

/** What stops the start, and what is only worth a line. */
export function separate(findings: readonly Finding[]): {
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
} {
  return {
    problems: findings.filter((finding) => "code" in finding),
    notices: findings.filter((finding) => "level" in finding),
  };
}
