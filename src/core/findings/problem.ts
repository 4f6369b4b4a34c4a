/** What all problems of an area are about. */
export type Concern = "flink-configuration";

/** Something in the settings or the mounted files that stops the start. `code` is `area/what`, stable, and a heading of docs/problems.md. */
export interface Problem {
  readonly code: string;
  /** There if Flink's configuration itself is wrong. What follows from it would only be more problems of the same cause. */
  readonly concerns?: Concern;
  /** Outermost first: the variable, then the file, then the line. Printed before the text, separated by `: `. */
  readonly where: readonly string[];
  readonly text: string;
  /** What to do next, as an imperative. */
  readonly hint: string;
}

/** Something worth a line on stderr that does not stop the start. */
export interface Notice {
  readonly level: "info" | "warning";
  readonly where: readonly string[];
  readonly text: string;
  readonly hint?: string;
}

/** The codes that one area can report, each with the sentence that explains it in docs/problems.md. */
export type ProblemCatalogue<Area extends string, Name extends string> = {
  readonly area: Area;
  readonly explanations: Readonly<Record<Name, string>>;
  /** Makes a problem of this area. */
  readonly problem: (name: Name, where: readonly string[], text: string, hint: string) => Problem;
};

/** Declares an area's codes, so that a code that is not explained does not compile. */
export function problemCatalogue<Area extends string, Name extends string>(
  area: Area,
  explanations: Readonly<Record<Name, string>>,
  concerns?: Concern,
): ProblemCatalogue<Area, Name> {
  return {
    area,
    explanations,
    problem: (name, where, text, hint) => ({
      code: `${area}/${name}`,
      where,
      text,
      hint,
      ...(concerns === undefined ? {} : { concerns }),
    }),
  };
}

/** The problem as JSON documents have it. */
export function problemJson({ code, where, text, hint }: Problem): object {
  return { code, where, text, hint };
}
