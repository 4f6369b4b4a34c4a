import { FormatError } from "../../../formats/format-error.ts";
import { currentName } from "./names.ts";
import type { Attribute } from "../../../formats/xml/attributes.ts";
import { decodeXml } from "../../../formats/xml/encoding.ts";
import { xmlTokens, type XmlToken } from "../../../formats/xml/tokens.ts";

/** A file that a document includes. */
export interface IncludedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Something that Hadoop passes over without a word. */
export interface Remark {
  readonly level: "info" | "warning";
  readonly text: string;
  readonly hint?: string;
  readonly line?: number;
}

/** A property of the document. Undefined: it has no value. */
export interface HadoopItem {
  readonly name: string;
  readonly value: string | undefined;
  readonly final: boolean;
  readonly line: number;
}

/** Reads the file that an `href` names; undefined: it does not exist. */
export type Include = (href: string) => IncludedFile | undefined;
type Open = Extract<XmlToken, { kind: "open" }>;

/** Elements whose text Hadoop reads. */
const read = new Set(["name", "value", "final", "source", "tag"]);

/**
 * Hadoop's own state machine (3.4.3, Configuration.Parser), state by state: it looks at local names only, wherever they stand, and so
 * has no grammar that a document could break.
 */
export class SiteParser {
  readonly #include: Include;
  readonly #above: readonly string[];
  readonly items: HadoopItem[] = [];
  readonly remarks: Remark[] = [];
  #text = "";
  #name: string | undefined;
  #value: string | undefined;
  #final = false;
  #line = 0;
  /** An `href` whose file does not exist. */
  #missing: string | undefined;
  #isFallback = false;

  /** @param above included files that lead here, this one last; none for the document itself */
  constructor(include: Include, above: readonly string[] = []) {
    this.#include = include;
    this.#above = above;
  }

  parse(bytes: Uint8Array): void {
    const open: string[] = [];
    for (const token of xmlTokens(decodeXml(bytes))) {
      if (token.kind === "text") this.#takeText(token, open);
      if (token.kind === "open") {
        if (open.length === 0 && token.name !== "configuration")
          this.#remark(
            `<${token.name}> stands where <configuration> should`,
            "check that the file is Hadoop's",
            token.line,
          );
        open.push(token.name);
        this.#takeOpen(token);
      }
      if (token.kind === "close") {
        open.pop();
        this.#takeClose(token.name, token.line);
      }
    }
  }

  #takeText({ text, line }: Extract<XmlToken, { kind: "text" }>, open: readonly string[]): void {
    this.#text += text;
    const isBetween = open.length === 1 || open.at(-1) === "configuration" || open.at(-1) === "property";
    if (isBetween && text.trim() !== "") this.#remark("the text between the tags is not read", "take it out", line);
  }

  #takeOpen({ name, attributes, line }: Open): void {
    if (read.has(name)) this.#text = "";
    if (name === "property") this.#openProperty(attributes, line);
    if (name === "include") this.#openInclude(attributes, line);
    if (name === "fallback") this.#isFallback = true;
  }

  #openProperty(attributes: readonly Attribute[], line: number): void {
    const named = new Map(attributes.map(({ name, value }) => [name, value]));
    this.#name = named.get("name");
    this.#value = named.get("value");
    this.#final = named.get("final") === "true";
    this.#line = line;
  }

  #openInclude(attributes: readonly Attribute[], line: number): void {
    const href = attributes.findLast(({ name }) => name === "href")?.value;
    if (href === undefined) return;
    const file = atLine(line, () => this.#include(href));
    if (file === undefined) this.#missing = href;
    else this.#readIncluded(file, line);
  }

  #readIncluded({ path, bytes }: IncludedFile, line: number): void {
    // Hadoop ends with a stack overflow.
    if (this.#above.includes(path)) throw new FormatError(`${path} includes itself`, "take the include out", line);
    const parser = new SiteParser(this.#include, [...this.#above, path]);
    atLine(line, () => parser.parse(bytes), path);
    this.items.push(...parser.items.map((item) => ({ ...item, line })));
    this.remarks.push(...parser.remarks.map((remark) => ({ ...remark, line })));
  }

  #takeClose(name: string, line: number): void {
    const text = this.#text;
    if (name === "name" && text !== "") this.#name = text.replaceAll(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
    if (name === "value" && text !== "") this.#value = text;
    if (name === "final") this.#closeFinal(text, line);
    if (name === "include") this.#closeInclude(line);
    if (name === "property") this.#closeProperty();
  }

  #closeFinal(text: string, line: number): void {
    this.#final = text === "true";
    if (/^\s*true\s*$/i.test(text) && !this.#final)
      this.#remark("Hadoop takes only <final>true</final>, without spaces, as final", "write it so", line);
  }

  #closeInclude(line: number): void {
    if (this.#missing !== undefined && !this.#isFallback)
      throw new FormatError(
        `the included file ${this.#missing} does not exist`,
        "mount it, or take the include out",
        line,
      );
    this.#missing = undefined;
    this.#isFallback = false;
  }

  #closeProperty(): void {
    if (this.#isFallback && this.#missing === undefined) return;
    const name = this.#name;
    // Hadoop keeps a name with spaces around it, which an attribute can have, and cuts the spaces off from each name that is asked for.
    if (name === undefined || !/^[^\t\n\r ](?:[^]*[^\t\n\r ])?$/.test(name))
      this.#remark("a property has no name that Hadoop asks for", "give it a <name>", this.#line);
    else this.items.push({ name: currentName(name), value: this.#value, final: this.#final, line: this.#line });
  }

  /** One of a kind for each file is enough. */
  #remark(text: string, hint: string, line: number): void {
    const path = this.#above.at(-1);
    const own = path === undefined ? text : `${path}, line ${line}: ${text}`;
    const isKnown = this.remarks.some((remark) => remark.hint === hint && remark.text.endsWith(text));
    if (!isKnown) this.remarks.push({ level: "warning", text: own, hint, line });
  }
}

/** Runs a step with another file, and tells its errors in a line of this one. */
function atLine<T>(line: number, step: () => T, path?: string): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const where = [path, error.line === undefined ? undefined : `line ${error.line}`].filter(
      (each) => each !== undefined,
    );
    const message = path === undefined ? error.message : `${where.join(", ")}: ${error.message}`;
    throw new FormatError(message, error.hint, line);
  }
}
