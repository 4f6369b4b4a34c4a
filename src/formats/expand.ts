import { joinText, type Secret } from "../core/secret.ts";

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

/** The value, or a default inside of it, as far as it is read. */
interface Level {
  /** `${NAME:-`, without the dollar that escapes it. */
  readonly opening: string;
  /** The variable whose default this is; undefined where the opening is text. */
  readonly name: string | undefined;
  readonly parts: (string | Secret)[];
  readonly expanded: Set<string>;
  readonly unset: Set<string>;
}

/**
 * Expands variables in a value, once: what a variable holds is not looked at again.
 * - `${NAME}`, and `${NAME:-default}` for when NAME is unset or empty; a default may hold variables;
 * - `$NAME` when NAME is set, as envsubst of the official entrypoint does, else it stays;
 * - `$$` stays, and `$${NAME}` is the escape for the text `${NAME}`.
 *
 * Names in `leftAlone` stay as they are written, for someone else to expand. A Secret counts as not empty.
 */
export function expand(value: string, lookup: Lookup, leftAlone: ReadonlySet<string> = new Set()): Expansion {
  let level = newLevel("", undefined);
  const outer: Level[] = [];
  let at = 0;
  for (const { 0: written, index, groups = {} } of value.matchAll(token)) {
    const { escape, name, end, bare } = groups;
    level.parts.push(value.slice(at, index));
    at = index + written.length;
    const isText = escape !== undefined || (name !== undefined && leftAlone.has(name));
    const text = escape === undefined ? written : written.slice(1);
    if (end === ":-") {
      outer.push(level);
      level = newLevel(text, isText ? undefined : name);
    } else if (written === "}" && outer.length > 0) {
      level = closed(level, outer.pop() ?? level, lookup);
    } else if (isText) {
      level.parts.push(text);
    } else if (name !== undefined) {
      put(level, name, lookup(name), undefined);
    } else if (bare !== undefined) {
      put(level, bare, leftAlone.has(bare) ? undefined : lookup(bare), written);
    } else level.parts.push(written);
  }
  level.parts.push(value.slice(at));
  for (let below = outer.pop(); below !== undefined; below = outer.pop()) level = merged(level, below, [level.opening]);
  return { value: joinText(level.parts), expanded: [...level.expanded], unset: [...level.unset] };
}

function newLevel(opening: string, name: string | undefined): Level {
  return { opening, name, parts: [], expanded: new Set(), unset: new Set() };
}

function put(
  { parts, expanded, unset }: Level,
  name: string,
  value: string | Secret | undefined,
  or: string | undefined,
) {
  if (value !== undefined) expanded.add(name);
  else if (or === undefined) unset.add(name);
  parts.push(value ?? or ?? "");
}

/** The level below, with what `${NAME:-default}` comes to. */
function closed(level: Level, below: Level, lookup: Lookup): Level {
  if (level.name === undefined) {
    level.parts.push("}");
    return merged(level, below, [level.opening]);
  }
  const value = lookup(level.name);
  if (value === undefined || value === "") return merged(level, below, []);
  put(below, level.name, value, undefined);
  return below;
}

function merged(level: Level, below: Level, opening: readonly string[]): Level {
  for (const part of [...opening, ...level.parts]) below.parts.push(part);
  for (const name of level.expanded) below.expanded.add(name);
  for (const name of level.unset) below.unset.add(name);
  return below;
}
