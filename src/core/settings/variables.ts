import { makeExactValidator, str, type ValidatorSpec } from "envalid";
import type { Secret } from "../../secret.ts";

/** What docs/environment.md says of a variable. */
interface Doc {
  /** One sentence, without a period at the end. */
  readonly desc: string;
  readonly example?: string;
}

/** A variable of the environment: envalid's validator, and in words what it takes. */
export interface Variable<T> extends Doc {
  readonly validator: ValidatorSpec<unknown>;
  /** Completes "set it to …". */
  readonly expects: string;
  /** In words, for the reference. */
  readonly defaultText?: string;
  /** What the value becomes: a plain value, a {@link Secret}, or a {@link Document}; the last two also come as `X_FILE`. */
  readonly holds: "value" | "secret" | "document";
  /** A path, or what opens a file: if it is set and wrong, its feature cannot check anything else. */
  readonly leadsToFiles?: true;
  /** Carries the value's type; never set. */
  readonly type?: T;
}

/** A whole text in a variable, or in the file that `X_FILE` names. */
export interface Document {
  readonly text: string;
  /** `FLINK_PROPERTIES`, or `FLINK_PROPERTIES_FILE` and the path. */
  readonly where: readonly string[];
  /** The text of `X_FILE` where `X` is set as well; the variable wins. */
  readonly base?: Document;
  /** Whether the text came from `X_FILE`: its values are not shown. */
  readonly hidden: boolean;
}

const boolean = makeExactValidator<boolean>((input) => {
  const value = parseFlag(input);
  if (value === undefined) throw new Error("not a boolean");
  return value;
});

/** `true` or `false`, and what {@link parseFlag} takes for them. */
export function flag(doc: Doc): Variable<boolean> {
  return {
    ...doc,
    validator: boolean({ default: false }),
    expects: "true or false",
    defaultText: "false",
    holds: "value",
  };
}

/** True for true, yes, on, 1, t and y, in any case; false for their opposites; undefined for anything else. */
export function parseFlag(value: string): boolean | undefined {
  if (/^(true|t|yes|y|on|1)$/i.test(value)) return true;
  return /^(false|f|no|n|off|0)$/i.test(value) ? false : undefined;
}

/** A flag whose absence has a third meaning, described by `defaultText`. */
export function optionalFlag(doc: Doc & { readonly defaultText: string }): Variable<boolean | undefined> {
  return { ...doc, validator: boolean({ default: undefined }), expects: "true or false", holds: "value" };
}

export function text(
  doc: Doc & { readonly expects: string; readonly defaultText?: string },
): Variable<string | undefined> {
  return { ...doc, validator: str({ default: undefined }), holds: "value" };
}

/** An absolute path, without a slash at the end. */
export function path(doc: Doc & { readonly defaultText?: string }): Variable<string | undefined> {
  const validator = makeExactValidator<string>((input) => {
    if (!input.startsWith("/")) throw new Error("not an absolute path");
    return input.replace(/(?<=.)\/+$/, "");
  });
  const expects = "an absolute path";
  return { ...doc, validator: validator({ default: undefined }), expects, holds: "value", leadsToFiles: true };
}

export function choice<const C extends string>(
  choices: readonly [C, ...C[]],
  doc: Doc & { readonly default: NoInfer<C> },
): Variable<C> {
  return {
    ...doc,
    validator: str({ choices, default: doc.default }),
    expects: choices.join(", ").replace(/, (?=[^,]*$)/, " or "),
    defaultText: doc.default,
    holds: "value",
  };
}

/** A whole number from 1 to 999,999,999. */
export function count(doc: Doc & { readonly defaultText?: string }): Variable<number | undefined> {
  const validator = makeExactValidator<number>((input) => {
    if (!/^[1-9]\d{0,8}$/.test(input)) throw new Error("not a whole number above 0");
    return Number(input);
  });
  return { ...doc, validator: validator({ default: undefined }), expects: "a whole number above 0", holds: "value" };
}

/** A whole number of seconds from 0 to 999,999. */
export function seconds(doc: Doc & { readonly defaultText: string }): Variable<number | undefined> {
  const validator = makeExactValidator<number>((input) => {
    if (!/^\d{1,6}$/.test(input)) throw new Error("not a whole number of seconds");
    return Number(input);
  });
  const expects = "a whole number of seconds";
  return { ...doc, validator: validator({ default: undefined }), expects, holds: "value" };
}

/** Names separated by commas, semicolons or white space. */
export function list(doc: Doc): Variable<readonly string[]> {
  const validator = makeExactValidator<readonly string[]>((input) =>
    input.split(/[,;\s]+/).filter((name) => name !== ""),
  );
  return {
    ...doc,
    validator: validator({ default: [] }),
    expects: "names separated by commas, semicolons or blanks",
    holds: "value",
  };
}

const taken = makeExactValidator<string>((input) => input)({ default: undefined });

/** A value that is never shown; also as `X_FILE`, the path of a file that holds it. */
export function secret(doc: Doc): Variable<Secret | undefined> {
  return { ...doc, validator: taken, expects: "a secret", holds: "secret", leadsToFiles: true };
}

/** A text of several lines; also as `X_FILE`. Values in it may be secret, so the variable is unset for the child. */
export function document(doc: Doc): Variable<Document | undefined> {
  return { ...doc, validator: taken, expects: "a text of several lines", holds: "document" };
}
