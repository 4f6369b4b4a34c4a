/** Derives a password from its label. Only applying a plan can do so, because only then the run dir's seed is there. */
export type Derive = (label: string) => string;

function notDerived(label: string): never {
  throw new Error(`the password ${label} is derived when the plan is applied`);
}

/**
 * A value that must not be shown. It knows where it comes from and how to be read, and prints as `<secret from ORIGIN>`
 * whichever way it is printed; only `src/shell` may call {@link openSecret} (a lint rule).
 */
export class Secret<T = string> {
  /** Where the value comes from: a variable's name, a file's path, or both with a key in it. */
  readonly origin: string;
  readonly #read: (derive: Derive) => T;

  constructor(origin: string, read: (derive: Derive) => T) {
    this.origin = origin;
    this.#read = read;
  }

  /** A secret made from this one when it is opened, such as the same text escaped for a file format. */
  map<U>(change: (value: T) => U): Secret<U> {
    return new Secret(this.origin, (derive) => change(this.#read(derive)));
  }

  static open<T>(secret: Secret<T>, derive: Derive = notDerived): T {
    return secret.#read(derive);
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

/** The value itself. Throws what the secret's reader throws, and an Error for a derived password if `derive` is missing. */
export function openSecret<T>(secret: Secret<T>, derive?: Derive): T {
  return Secret.open(secret, derive);
}

/** A password of 256 random bits in base64url, the same for the same label as long as the run dir's seed lives. */
export function derivedPassword(label: string): Secret {
  return new Secret("the run dir's seed", (derive) => derive(label));
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
  const open = (derive: Derive) =>
    text.map((part) => (typeof part === "string" ? part : Secret.open(part, derive))).join("");
  return new Secret([...new Set(origins)].join(" and "), open);
}
