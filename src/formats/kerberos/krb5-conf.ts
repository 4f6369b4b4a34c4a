import { FormatError } from "../format-error.ts";

/** `name = value`, or `name = { … }`. */
export interface Krb5Relation {
  readonly name: string;
  /** Without the quotes around it. */
  readonly value: string | readonly Krb5Relation[];
  /** The value as it is written, if it is quoted. */
  readonly raw?: string;
}

/** A section in square brackets. The same name may come again. */
export interface Krb5Section {
  readonly name: string;
  readonly relations: readonly Krb5Relation[];
}

/** `include FILE` or `includedir FOLDER`: what is there stands where the directive stood. */
export interface Krb5Include {
  readonly kind: "include" | "includedir";
  readonly path: string;
  readonly line: number;
}

interface Group {
  readonly name: string;
  readonly relations: Krb5Relation[];
  readonly line: number;
}

/**
 * Reads the part of krb5.conf's grammar that MIT's library and the JDK's sun.security.krb5.Config understand alike.
 * @param include gives the sections of what a directive names
 * @throws FormatError with the line
 */
export function readKrb5Conf(
  text: string,
  include: (directive: Krb5Include) => readonly Krb5Section[],
): readonly Krb5Section[] {
  const sections: Krb5Section[] = [];
  let open: Group[] = [];
  const close = () => {
    const group = open.pop();
    if (group !== undefined) open.at(-1)?.relations.push({ name: group.name, value: group.relations });
  };
  for (const { words, line } of statements(text)) {
    const directive = /^(include|includedir)\s+(\S.*)$/.exec(words);
    const header = /^\[\s*([^[\]]+?)\s*\]\*?$/.exec(words)?.[1];
    const relation = /^([^\s={}[\]]+?)\*?[\0- ]*=[\0- ]*(.*)$/s.exec(words);
    if (open.length > 1 && (directive !== null || header !== undefined)) throw notClosed(open.at(-1));
    if (directive !== null) {
      sections.push(
        ...include({ kind: directive[1] === "include" ? "include" : "includedir", path: directive[2] ?? "", line }),
      );
      open = [];
    } else if (header !== undefined) {
      open = [{ name: header, relations: [], line }];
      sections.push({ name: header, relations: open[0]?.relations ?? [] });
    } else if (/^\}\*?$/.test(words)) {
      if (open.length < 2) throw new FormatError("} closes nothing that is open", "take it out", line);
      close();
    } else if (relation === null) {
      throw new FormatError(
        "this is neither a section nor name = value",
        "write name = value, or take the line out",
        line,
      );
    } else if (open.length === 0) {
      throw new FormatError(
        "a value stands outside of any section",
        "put [libdefaults] or another section above it",
        line,
      );
    } else if (/^\{.+/.test(relation[2] ?? "")) {
      throw new FormatError("Java takes braces in one line for a value", "put each relation into its own line", line);
    } else if (relation[2] === "{") {
      open.push({ name: relation[1] ?? "", relations: [], line });
    } else {
      const raw = relation[2] ?? "";
      const value = unquote(raw);
      open.at(-1)?.relations.push({ name: relation[1] ?? "", value, ...(value === raw ? {} : { raw }) });
    }
  }
  if (open.length > 1) throw notClosed(open.at(-1));
  return sections;
}

/** Lines without comments and blanks; a brace that stands alone after `name =` belongs to that line. */
function statements(text: string): readonly { readonly words: string; readonly line: number }[] {
  const found: { words: string; line: number }[] = [];
  for (const [index, raw] of text.split(/\r\n|[\r\n]/).entries()) {
    const words = trim(raw);
    const last = found.at(-1);
    if (words === "" || /^[#;]/.test(words)) continue;
    if (words === "{" && last?.words.endsWith("=") === true) last.words += " {";
    else found.push({ words, line: index + 1 });
  }
  return found;
}

function notClosed(group: Group | undefined): FormatError {
  return new FormatError(`${group?.name ?? ""} = { is not closed`, "end it with }", group?.line);
}

/** As sun.security.krb5.Config: blanks and control characters, and no other white space. */
function trim(text: string): string {
  // oxlint-disable-next-line no-control-regex -- String.trim() of Java.
  return text.replaceAll(/^[\0- ]+|[\0- ]+$/g, "");
}

function unquote(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}

/**
 * One flat file: sections and groups of one name become one, because Java reads only the first group of a name. Values are
 * written as they were read: MIT and Java unquote them in different ways.
 * @throws FormatError for names and values that are more than one line, or that the grammar takes for its own
 */
export function writeKrb5Conf(sections: readonly Krb5Section[]): string {
  return mergeGroups(sections.map(({ name, relations }) => ({ name, value: relations })))
    .map(({ name, value }) => `[${krb5Name(name)}]\n${typeof value === "string" ? "" : writeRelations(value, 1)}`)
    .join("\n");
}

/** Groups of one name together, where the first of them stood. */
function mergeGroups(relations: readonly Krb5Relation[]): readonly Krb5Relation[] {
  const groups = new Map<string, Krb5Relation[]>();
  const merged: (Krb5Relation | { readonly name: string; readonly group: Krb5Relation[] })[] = [];
  for (const relation of relations) {
    if (typeof relation.value === "string") {
      merged.push(relation);
      continue;
    }
    const known = groups.get(relation.name);
    const group = known ?? [];
    group.push(...relation.value);
    if (known !== undefined) continue;
    groups.set(relation.name, group);
    merged.push({ name: relation.name, group });
  }
  return merged.map((each) => ("group" in each ? { name: each.name, value: mergeGroups(each.group) } : each));
}

function writeRelations(relations: readonly Krb5Relation[], depth: number): string {
  const indent = "    ".repeat(depth);
  return relations
    .map(({ name, value, raw }) => {
      if (typeof value === "string") return `${indent}${krb5Name(name)} = ${krb5Value(raw ?? quoted(value))}\n`;
      return `${indent}${krb5Name(name)} = {\n${writeRelations(value, depth + 1)}${indent}}\n`;
    })
    .join("");
}

/** A value that is in quotes itself would lose them. */
function quoted(value: string): string {
  return unquote(value) === value ? value : `"${value}"`;
}

function krb5Value(value: string): string {
  if (value === trim(value) && !/[\r\n]/.test(value) && !value.startsWith("{")) return value;
  throw new FormatError(
    `krb5.conf cannot say ${JSON.stringify(value)}`,
    "write it in one line, without { at its start",
  );
}

/** A name of a section or relation: no blanks, nothing of the grammar's own. */
function krb5Name(name: string): string {
  if (/^[^\s={}[\]]+$/.test(name) && !/^[#;]|[*]$/.test(name)) return name;
  throw new FormatError(
    `${JSON.stringify(name)} cannot be a name in krb5.conf`,
    "use letters, digits, dots and hyphens",
  );
}
