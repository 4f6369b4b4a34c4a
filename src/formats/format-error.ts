/** Input that does not follow its format. The caller adds which variable or file it was. */
export class FormatError extends Error {
  /** What to do about it, as an imperative. */
  readonly hint: string;
  /** 1-based, where the format has lines. */
  readonly line: number | undefined;

  constructor(message: string, hint: string, line?: number) {
    super(message);
    this.name = "FormatError";
    this.hint = hint;
    this.line = line;
  }
}
