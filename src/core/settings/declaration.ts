import type { Variable } from "./variables.ts";

export type EnvSpec = Readonly<Record<string, Variable<unknown>>>;

/** A family of variables, such as `<SERVICE>_SSL_ENABLED`. The feature reads its members from {@link Families}. */
export interface EnvPattern {
  /** With one placeholder in angle brackets. */
  readonly name: string;
  readonly desc: string;
  readonly expects: string;
  readonly example: string;
}

/** The validated values of one feature's variables. */
export type Settings<S extends EnvSpec> = {
  readonly [K in keyof S]: S[K] extends Variable<infer T> ? T : never;
} & { readonly families: Families };

/** By the family's name, then by the text of its placeholder. Raw, never empty. */
export type Families = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a part of the program declares about the environment. */
export interface Declaration {
  readonly env: EnvSpec;
  readonly envPatterns?: readonly EnvPattern[];
  /** Names read by Flink, the JVM or Kubernetes that merely look like ours. */
  readonly alsoKnown?: readonly string[];
}
