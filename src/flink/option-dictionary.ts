import dictionary from "./options.json" with { type: "json" };

/** An option of Flink in the versions that declare it with one type. */
export interface DeclaredOption {
  /** Ends with `.*` if the rest of the key is the user's. */
  readonly key: string;
  /** `integer`, `duration`, `enum:A,B`, `list:string` and so on; `other` if every value can be read, or the type is not known. */
  readonly type: string;
  /** Such as `2.3.0`. */
  readonly versions: readonly string[];
  /** Such as `2.3`. */
  readonly minors: readonly string[];
}

interface Tree {
  readonly [part: string]: Tree | string | readonly string[];
}

let declared: readonly DeclaredOption[] | undefined;

/** The options of all versions that scripts/generate-option-keys.ts has read, with the older keys that Flink still takes. */
export function declaredOptions(): readonly DeclaredOption[] {
  declared ??= optionsBelow(dictionary.options, "");
  return declared;
}

/** `2.3` of `2.3.0`. */
export function minorVersion(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function optionsBelow(tree: Tree, prefix: string): readonly DeclaredOption[] {
  return Object.entries(tree).flatMap(([part, value]) => {
    const key = part === "" ? prefix : prefix === "" ? part : `${prefix}.${part}`;
    if (typeof value === "string") return [optionOf(key, value)];
    return isTexts(value) ? value.map((text) => optionOf(key, text)) : optionsBelow(value, key);
  });
}

const declarations = new Map<string, Omit<DeclaredOption, "key">>();

function readDeclaration(text: string): Omit<DeclaredOption, "key"> {
  const [type = "", ...some] = text.split(" ");
  const versions = some.length === 0 ? dictionary.versions : some;
  return { type, versions, minors: versions.map(minorVersion) };
}

/** `integer` in all versions, or `integer 2.2.1 2.3.0`. */
function optionOf(key: string, text: string): DeclaredOption {
  const known = declarations.get(text) ?? readDeclaration(text);
  declarations.set(text, known);
  return { key, ...known };
}

function isTexts(value: Tree | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}
