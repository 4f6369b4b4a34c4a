import { FormatError } from "./format-error.ts";
import { xmlTokens, type XmlToken } from "./xml-tokens.ts";

/** A property of core-site.xml or hdfs-site.xml. */
export interface HadoopProperty {
  readonly name: string;
  readonly value: string;
  /** Later files and the job's own settings cannot change it. */
  readonly final: boolean;
}

/**
 * Reads what Hadoop's Configuration reads, in the order of the file; a property that comes twice counts the last time.
 * @throws FormatError for what is no such file, and for inclusions, DTDs and attributes, which the caller would have to resolve
 */
export function readHadoopXml(text: string): readonly HadoopProperty[] {
  const tokens = xmlTokens(text);
  const properties = new Map<string, HadoopProperty>();
  const root = nextTag(tokens);
  expectOpen(root, "configuration");
  for (let tag = nextTag(tokens); tag.kind === "open"; tag = nextTag(tokens)) {
    expectOpen(tag, "property");
    const property = readProperty(tokens, tag.line);
    properties.set(property.name, property);
  }
  for (let rest = tokens.next(); !rest.done; rest = tokens.next()) {
    const { value } = rest;
    if (value.kind === "text" && value.text.trim() === "") continue;
    throw new FormatError("something follows </configuration>", "take it out", value.line);
  }
  return [...properties.values()];
}

type Tokens = Iterator<XmlToken, undefined>;
type Tag = Extract<XmlToken, { kind: "open" | "close" }>;

function readProperty(tokens: Tokens, line: number): HadoopProperty {
  const parts = new Map<string, string>();
  for (let tag = nextTag(tokens); tag.kind === "open"; tag = nextTag(tokens))
    parts.set(tag.name, readContent(tokens, tag));
  const name = parts.get("name")?.trim() ?? "";
  if (name === "") throw new FormatError("a property has no name", "give it a <name>", line);
  return { name, value: parts.get("value") ?? "", final: parts.get("final")?.trim() === "true" };
}

function readContent(tokens: Tokens, { name }: Tag): string {
  let content = "";
  for (let token = next(tokens); token.kind !== "close"; token = next(tokens)) {
    if (token.kind === "open") {
      throw new FormatError(`<${token.name}> is not expected in <${name}>`, "write < as &lt;", token.line);
    }
    content += token.text;
  }
  return content;
}

/** The next tag, where text would have no meaning. */
function nextTag(tokens: Tokens): Tag {
  for (;;) {
    const token = next(tokens);
    if (token.kind !== "text") return token;
    if (token.text.trim() !== "") {
      throw new FormatError("here is text between the tags", "check that the file is Hadoop's XML", token.line);
    }
  }
}

function next(tokens: Tokens): XmlToken {
  const { done, value } = tokens.next();
  if (!done) return value;
  throw new FormatError("there is no <configuration>", "check that the file is Hadoop's XML");
}

function expectOpen({ kind, name, line }: Tag, expected: string): void {
  if (kind === "open" && name === expected) return;
  throw new FormatError(`<${name}> stands where <${expected}> should`, "check that the file is Hadoop's XML", line);
}
