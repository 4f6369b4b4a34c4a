import { FormatError } from "../format-error.ts";

/** A line that starts with a key. */
export interface Head {
  readonly key: string;
  /** The text without a comment. */
  readonly value: string;
  /** `block`: YAML, if deeper lines follow. `flow`: YAML, if it is. */
  readonly kind: "literal" | "block" | "flow";
}

const quotedKey = /^(?<quote>["'])(?<key>[^"'\\]+)\k<quote>\s*:(?=\s|$)/;
const plainKey = /^(?<key>[^\s:#"'[\]{},&*!|>%@`?-][^\s:]*)\s*:(?=\s|$)/;

/** `jobmanager.rpc.address:host`, which the official entrypoint takes; not `http://host`. */
const tightKey = /^(?<key>[A-Za-z][\w-]*(?:\.[\w-]+)+):(?!\/\/)/;

/**
 * Splits a line of FLINK_PROPERTIES at its colon.
 * A FormatError stands for a control character, and where there is no key.
 */
export function readHead(text: string, line: number): Head | FormatError {
  const content = text.trim();
  // oxlint-disable-next-line no-control-regex -- these are what it looks for.
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(content)) {
    return new FormatError("this line has a control character", "give it as text", line);
  }
  const match = quotedKey.exec(content) ?? plainKey.exec(content) ?? tightKey.exec(content);
  const key = match?.groups?.["key"];
  if (match === null || key === undefined) {
    return notAKey(content, line);
  }
  const rest = content.slice(match[0].length).trim();
  const value = rest.replace(/(?:^|\s)#.*$/, "").trimEnd();
  if (value === "" || /^[|>][-+\d]*$/.test(value)) return { key, value, kind: "block" };
  return { key, value, kind: /^["'[{]/.test(value) ? "flow" : "literal" };
}

const name = "[A-Za-z][\\w-]*(?:\\.[\\w-]+)+";

/** Other ways in which people write a key and its value. */
const otherShapes = [
  { shape: new RegExp(`^-D\\s*(${name})=`), text: "this line is a -D option" },
  { shape: new RegExp(`^-\\s+["']?(${name})["']?\\s*[:=]`), text: "this line is an item of a list" },
  { shape: new RegExp(`^(${name})\\s*=`), text: "this line has = where a colon belongs" },
];

/** Says which shape the line has. Its value may be secret, and is not shown. */
function notAKey(content: string, line: number): FormatError {
  for (const { shape, text } of otherShapes) {
    const key = shape.exec(content)?.[1];
    if (key !== undefined)
      return new FormatError(text, `write ${key}: and the value, with a blank after the colon`, line);
  }
  return new FormatError("this line is not `key: value`", "put a colon and a space between key and value", line);
}
