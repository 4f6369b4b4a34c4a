import { joinText, type Secret } from "../../secret.ts";

export type Lookup = (name: string) => string | Secret | undefined;

export interface Expansion {
  /** A Secret when something secret was expanded. */
  readonly value: string | Secret;
  /** The variables that were replaced by their values, each once. */
  readonly expanded: readonly string[];
  /** The variables of `${NAME}` that are neither set nor have a default; the value is then of no use. */
  readonly unset: readonly string[];
}

/** `${user.name}`, `${sys:x}` and `${NAME:?x}` are none of these, and so stay. */
const token = /(?<escape>\$)?\$\{(?<name>[A-Za-z_]\w*)(?<end>\}|:-)|\$\$|\$(?<bare>[A-Za-z_]\w*)|\}/g;

/** Part of the result, and the variable that it is, if any. */
interface Piece {
  readonly text: string | Secret;
  readonly expanded?: string;
  readonly unset?: string;
}

/** The value, or a default inside of it, as far as it is read. */
interface Level {
  /** `${NAME:-`, without the dollar that escapes it. */
  readonly opening: string;
  /** The variable whose default this is; undefined where the opening is text. */
  readonly name: string | undefined;
  readonly pieces: Pieces;
}

/** A tree, because copying deep levels into each other would take the square of their number. */
type Pieces = (Piece | Pieces)[];

/**
 * Expands variables in a value, once: what a variable holds is not looked at again.
 * - `${NAME}`, and `${NAME:-default}` for when NAME is unset or empty; a default may hold variables;
 * - `$NAME` when NAME is set, as envsubst of the official entrypoint does, else it stays;
 * - `$$` stays, and `$${NAME}` is the escape for the text `${NAME}`.
 *
 * Names in `leftAlone` stay as they are written, for someone else to expand. A Secret counts as not empty.
 */
export function expand(value: string, lookup: Lookup, leftAlone: ReadonlySet<string> = new Set()): Expansion {
  let level: Level = { opening: "", name: undefined, pieces: [] };
  const outer: Level[] = [];
  let at = 0;
  for (const { 0: written, index, groups = {} } of value.matchAll(token)) {
    const { escape, name, end, bare } = groups;
    level.pieces.push({ text: value.slice(at, index) });
    at = index + written.length;
    const isText = escape !== undefined || (name !== undefined && leftAlone.has(name));
    const text = escape === undefined ? written : written.slice(1);
    if (end === ":-") {
      outer.push(level);
      level = { opening: text, name: isText ? undefined : name, pieces: [] };
    } else if (written === "}" && outer.length > 0) {
      const below = outer.pop() ?? level;
      below.pieces.push(closed(level, lookup));
      level = below;
    } else if (isText) {
      level.pieces.push({ text });
    } else if (name !== undefined) {
      const found = lookup(name);
      level.pieces.push(found === undefined ? { text: "", unset: name } : { text: found, expanded: name });
    } else {
      const found = bare === undefined || leftAlone.has(bare) ? undefined : lookup(bare);
      level.pieces.push(
        found === undefined || bare === undefined ? { text: written } : { text: found, expanded: bare },
      );
    }
  }
  level.pieces.push({ text: value.slice(at) });
  for (let below = outer.pop(); below !== undefined; below = outer.pop()) {
    below.pieces.push({ text: level.opening }, level.pieces);
    level = below;
  }
  return joined(level.pieces);
}

/** What `${NAME:-default}` comes to. */
function closed({ opening, name, pieces }: Level, lookup: Lookup): Piece | Pieces {
  if (name === undefined) return [{ text: opening }, pieces, { text: "}" }];
  const found = lookup(name);
  return found === undefined || found === "" ? pieces : { text: found, expanded: name };
}

function joined(pieces: Pieces): Expansion {
  const text: (string | Secret)[] = [];
  const expanded = new Set<string>();
  const unset = new Set<string>();
  const rest: (Piece | Pieces)[] = [pieces];
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    if (Array.isArray(piece)) {
      for (const inner of piece.toReversed()) rest.push(inner);
      continue;
    }
    text.push(piece.text);
    if (piece.expanded !== undefined) expanded.add(piece.expanded);
    if (piece.unset !== undefined) unset.add(piece.unset);
  }
  return { value: joinText(text), expanded: [...expanded], unset: [...unset] };
}
