import type { GoldenCase } from "../../support/golden-case.ts";
import type { RunCase } from "../../support/run-case.ts";

/** Something that holds for every golden case. Its check throws, with an assertion that names it. */
export interface Law {
  readonly name: string;
  check(run: RunCase, golden: GoldenCase): void;
}
