/** A part of a bash command line: text, a variable, the space between two words, or what is none of these. */
type Piece =
  | { readonly kind: "space" }
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly fallback: string; readonly quoted: boolean }
  | { readonly kind: "unsupported"; readonly source: string };

/** Shell syntax that is not expanded here, because it would run something or is out of all proportion. */
export class BashSyntaxError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "BashSyntaxError";
    this.hint = hint;
  }
}

/** Splits at spaces, tabs and newlines, as bash does with an unquoted `$VARIABLE`. */
export function splitWords(text: string): readonly string[] {
  return text.split(/[ \t\n]+/).filter((word) => word !== "");
}

/**
 * The fields of `eval echo TEXT`: quotes are taken off, `$NAME`, `${NAME}` and `${NAME:-default}` are expanded and, outside of
 * quotes, split. Nothing is ever run: operators, patterns, braces, tildes and `#` are ordinary characters.
 * @throws BashSyntaxError for a command substitution, any other expansion, or a quote that is not closed.
 */
export function expandWords(text: string, variable: (name: string) => string | undefined): readonly string[] {
  const fields: string[] = [];
  let field: string | undefined;
  const end = () => {
    if (field !== undefined) fields.push(field);
    field = undefined;
  };
  for (const piece of scan(splitWords(text).join(" "))) {
    if (piece.kind === "unsupported") throw unsupported(piece.source);
    if (piece.kind === "space") {
      end();
    } else if (piece.kind === "text") {
      field = (field ?? "") + piece.text;
    } else {
      const value = variable(piece.name) || piece.fallback;
      if (piece.quoted) {
        field = (field ?? "") + value;
        continue;
      }
      for (const part of value.split(/([ \t\n]+)/)) {
        if (/^[ \t\n]/.test(part)) end();
        else if (part !== "") field = (field ?? "") + part;
      }
    }
  }
  end();
  return fields;
}

/** The words of a command without expansions, operators or patterns; undefined when the line is more than that. */
export function readSimpleCommand(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (const piece of scan(line)) {
    if (piece.kind === "unsupported" || piece.kind === "variable") return undefined;
    if (piece.kind === "space") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      if (!piece.quoted && (word === undefined ? /[\n;&|<>()*?[\]{}~#]/ : /[\n;&|<>()*?[\]{}]/).test(piece.text))
        return undefined;
      word = (word ?? "") + piece.text;
    }
  }
  return word === undefined ? words : [...words, word];
}

function* scan(text: string): Generator<Piece> {
  for (const [source, space, single, double, escaped, plain] of text.matchAll(outsideQuotes)) {
    if (space !== undefined) yield { kind: "space" };
    else if (single !== undefined) yield { kind: "text", text: single, quoted: true };
    else if (escaped !== undefined) yield { kind: "text", text: escaped || "\\", quoted: true };
    else if (plain !== undefined) yield { kind: "text", text: plain, quoted: false };
    else if (double === undefined) yield dollar(source, false);
    else yield* scanInDoubleQuotes(double);
  }
}

function* scanInDoubleQuotes(text: string): Generator<Piece> {
  yield { kind: "text", text: "", quoted: true };
  for (const [source, escaped, plain] of text.matchAll(insideQuotes)) {
    if (escaped !== undefined) yield { kind: "text", text: escaped, quoted: true };
    else if (plain !== undefined) yield { kind: "text", text: plain, quoted: true };
    else yield dollar(source, true);
  }
}

/** Something that begins with `$` or a backtick, or a quote without its partner. */
function dollar(source: string, quoted: boolean): Piece {
  const [, bare, braced, fallback = ""] = /^\$(?:(\w+)|\{(\w+)(?::-([^]*))?\})$/.exec(source) ?? [];
  const name = bare ?? braced ?? "";
  if (/^[A-Za-z_]/.test(name)) return { kind: "variable", name, fallback, quoted };
  return source === "$" ? { kind: "text", text: "$", quoted } : { kind: "unsupported", source };
}

// A backtick is \x60, because these are template literals themselves.
const expansion = [
  String.raw`\$[A-Za-z_]\w*`,
  String.raw`\$\{[A-Za-z_]\w*(?::-[^}"'$\x60\\]*)?\}`,
  String.raw`\$(?=[({'"[\d@*#?$!-])[^]`,
  String.raw`\$`,
  String.raw`\x60`,
].join("|");
/** Space, single quotes, double quotes, an escaped character, text; then an expansion, or a quote without its partner. */
const outsideQuotes = new RegExp(
  String.raw`([ \t]+)|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^]|$)|([^ \t'"\\$\x60]+)|${expansion}|['"]`,
  "g",
);
/** An escaped character, text; then an expansion. */
const insideQuotes = new RegExp(String.raw`\\([$"\\\x60])|([^\\$\x60]+|\\)|${expansion}`, "g");

function unsupported(source: string): BashSyntaxError {
  if (source === "'" || source === '"')
    return new BashSyntaxError(`a ${source} has no partner`, "close the quote, or take it out");
  const what =
    source.startsWith("`") || source.startsWith("$(") ? "a command substitution" : `the expansion ${source}…`;
  return new BashSyntaxError(
    `${what} is not carried out`,
    `write the value itself or a variable such as \${NAME}, or put a backslash before the ${source.slice(0, 1)}`,
  );
}
