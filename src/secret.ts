/**
 * A value that must not be shown. It knows where it comes from and how to be read, and prints as `<secret from ORIGIN>`
 * whichever way it is printed; only `src/shell` may call {@link openSecret} (a lint rule).
 */
export class Secret<T = string> {
  /** Where the value comes from: a variable's name, a file's path, or both with a key in it. */
  readonly origin: string;
  readonly #read: () => T;

  constructor(origin: string, read: () => T) {
    this.origin = origin;
    this.#read = read;
  }

  /** A secret made from this one when it is opened, such as the same text escaped for a file format. */
  map<U>(change: (value: T) => U): Secret<U> {
    return new Secret(this.origin, () => change(this.#read()));
  }

  static open<T>(secret: Secret<T>): T {
    return secret.#read();
  }

  toString(): string {
    return `<secret from ${this.origin}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** The value itself. Throws what the secret's reader throws. */
export function openSecret<T>(secret: Secret<T>): T {
  return Secret.open(secret);
}

/** Text with secrets in place: what a rendered file consists of until it is applied. */
export type Text = readonly (string | Secret)[];

/** The text as a person may see it: each secret is its mask. */
export function maskText(text: Text): string {
  return text.map(String).join("");
}

/** The text as one secret, if any part of it is one. */
export function joinText(text: Text): string | Secret {
  const origins = text.flatMap((part) => (typeof part === "string" ? [] : [part.origin]));
  if (origins.length === 0) return text.join("");
  const open = () => text.map((part) => (typeof part === "string" ? part : Secret.open(part))).join("");
  return new Secret([...new Set(origins)].join(" and "), open);
}
