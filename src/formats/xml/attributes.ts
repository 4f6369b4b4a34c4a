import { FormatError } from "../format-error.ts";
import { qualifiedName } from "./names.ts";
import { resolveReferences } from "./text.ts";

/** An attribute that does not declare a namespace. The name is without its prefix. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** Woodstox' limits: attributes of an element, and characters of a value. */
const most = 1000;
const longest = 524_288;

const own = new Set(["http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"]);

/** The prefixes that are declared where an element stands. */
export class Namespaces {
  readonly #byPrefix: ReadonlyMap<string, string>;

  constructor(byPrefix: ReadonlyMap<string, string> = new Map([["xml", "xml"]])) {
    this.#byPrefix = byPrefix;
  }

  /**
   * With the namespaces that an element declares.
   * @throws FormatError for the prefixes and names that XML keeps for itself, and for a prefix without a namespace
   */
  with(declared: ReadonlyMap<string, string>, line: number): Namespaces {
    if (declared.size === 0) return this;
    for (const [prefix, uri] of declared) {
      if (prefix === "xml" || prefix === "xmlns" || own.has(uri) || (prefix !== "" && uri === ""))
        throw new FormatError(`xmlns:${prefix} is not a valid declaration`, "take it out", line);
    }
    return new Namespaces(new Map([...this.#byPrefix, ...declared]));
  }

  /** The namespace of an attribute, which has none without a prefix. */
  uri(name: string, line: number): string {
    const [prefix = "", local] = name.split(":");
    if (local === undefined) return "";
    const uri = this.#byPrefix.get(prefix);
    if (uri !== undefined) return uri;
    const example = prefix === "xi" ? "http://www.w3.org/2001/XInclude" : "URI";
    throw new FormatError(
      `the prefix of ${name} is not declared`,
      `add xmlns:${prefix}="${example}" to the first tag`,
      line,
    );
  }

  /** @throws FormatError where the prefix is not declared */
  localName(name: string, line: number): string {
    this.uri(name, line);
    return name.replace(/^.*:/, "");
  }
}

const attribute = new RegExp(String.raw`[\t\n ]+(${qualifiedName})[\t\n ]*=[\t\n ]*(?:"([^"<]*)"|'([^'<]*)')`, "y");

/**
 * The attributes of a start tag, from what stands between its name and its end. Declarations of namespaces are taken out.
 * @throws FormatError for what is not well-formed, for an attribute that comes twice, and for a prefix that is not declared
 */
export function readAttributes(
  inner: string,
  parent: Namespaces,
  line: number,
): { readonly attributes: readonly Attribute[]; readonly namespaces: Namespaces } {
  const byName = new Map<string, string>();
  const declared = new Map<string, string>();
  let at = 0;
  for (attribute.lastIndex = 0; ; at = attribute.lastIndex) {
    const [all, name = "", double, single] = attribute.exec(inner) ?? [];
    if (all === undefined) break;
    const value = resolveReferences((double ?? single ?? "").replaceAll(/[\t\n]/g, " "), line);
    const isDeclaration = /^xmlns(:|$)/.test(name);
    const [into, key] = isDeclaration ? [declared, name.slice(6)] : [byName, name];
    if (into.has(key)) throw twice(name, line);
    into.set(key, value);
    if (value.length > longest || byName.size + declared.size > most)
      throw new FormatError("a tag is too long for Hadoop", "write values as elements", line);
  }
  if (inner.slice(at).replaceAll(/[\t\n ]/g, "") !== "") {
    const hint = `write each as name="value", with a space before it`;
    throw new FormatError("a tag has something that is not a valid attribute", hint, line);
  }
  const namespaces = parent.with(declared, line);
  const qualified = [...byName.keys()].map((name) =>
    JSON.stringify([namespaces.uri(name, line), name.replace(/^.*:/, "")]),
  );
  if (new Set(qualified).size < qualified.length) throw twice("an attribute", line);
  return {
    attributes: [...byName].map(([name, value]) => ({ name: name.replace(/^.*:/, ""), value })),
    namespaces,
  };
}

function twice(name: string, line: number): FormatError {
  return new FormatError(`${name} is there twice in a tag`, "take one out", line);
}
