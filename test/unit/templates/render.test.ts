import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { compiledTemplates, compileTemplates, templateSources } from "../../../scripts/compile-templates.ts";
import { maskText, Secret } from "../../../src/secret.ts";
import type { Escaped } from "../../../src/formats/escaped.ts";
import { escapePropertyKey, escapePropertyValue } from "../../../src/formats/java-properties.ts";
import { FormatError } from "../../../src/formats/format-error.ts";
import { escapeXml } from "../../../src/formats/xml/text.ts";
import { renderTemplate, type Views } from "../../../src/templates/render.ts";
import { openText } from "../../support/open-text.ts";

/** As a format's own escape would give it. */
const escaped = <Format extends "properties" | "xml" | "sql" | "krb5">(text: string) => text as Escaped<Format>;
const corp = escaped<"krb5">("CORP");

/** A full view of each template: its keys are what the template may ask for. */
const views: Views = {
  "krb5.conf": {
    realm: corp,
    encryptionTypes: escaped("aes256-cts"),
    realms: [{ name: corp, kdcs: [escaped("kdc:88")] }],
    domains: [{ domain: escaped(".corp"), realm: corp }],
  },
  "hadoop-site.xml": { properties: [{ name: escaped("n"), value: escaped<"xml">("v"), isEmpty: true, final: true }] },
  "client.properties": { prefix: "KAFKA", properties: [{ key: escaped("k"), value: escaped<"properties">("v") }] },
  "kafka-table.sql": { options: [{ key: escaped("'k'"), value: escaped<"sql">("'v'") }], secrets: [{ key: escaped("'s'"), value: escaped<"sql">("'…'") }] },
};

const sources = templateSources();

describe("templates", () => {
  it("are compiled as they stand", () => {
    expect(readFileSync(join(import.meta.dirname, "../../..", compiledTemplates), "utf8")).toBe(compileTemplates());
  });

  it("have a view each", () => {
    expect(Object.keys(views).toSorted()).toEqual([...sources.keys()]);
  });

  it.each([...sources])("%s uses its view's keys, all of them and no other", (name, source) => {
    const view: unknown = views[name as keyof Views];
    const used = pathsOf(Handlebars.parse(source));
    expect(used.toSorted()).toEqual(keysOf(view).toSorted());
  });
});

interface Node {
  readonly type: string;
  readonly path?: { readonly original: string };
  readonly params?: readonly { readonly original: string }[];
  readonly program?: Block;
  readonly inverse?: Block;
}

interface Block {
  readonly body: readonly Node[];
}

/** The variables of a template, those in an each with its name in front. */
function pathsOf({ body }: Block, prefix = ""): string[] {
  const paths = body.flatMap(({ type, path, params = [], program, inverse }) => {
    if (type === "MustacheStatement") return [`${prefix}${path?.original ?? ""}`];
    if (type !== "BlockStatement" || program === undefined) return [];
    const original = params[0]?.original ?? "";
    const inner = path?.original === "each" ? `${prefix}${original}.` : prefix;
    return [`${prefix}${original}`, ...pathsOf(program, inner), ...(inverse ? pathsOf(inverse, prefix) : [])];
  });
  return [...new Set(paths)];
}

function keysOf(value: unknown, prefix = ""): string[] {
  if (typeof value !== "object" || value === null) return [prefix === "" ? "" : `${prefix}this`];
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) => {
    const path = `${prefix}${key}`;
    return Array.isArray(each) ? [path, ...keysOf(each[0], `${path}.`)] : [path];
  });
}

describe("renderTemplate", () => {
  const password = new Secret("KAFKA_SASL_PASSWORD", () => escaped<"properties">("planted"));

  it("keeps a secret in its place", () => {
    const text = renderTemplate("client.properties", {
      prefix: "KAFKA",
      properties: [
        { key: escapePropertyKey("a"), value: escapePropertyValue("1") },
        { key: escapePropertyKey("b"), value: password },
        { key: escapePropertyKey("c"), value: password },
      ],
    });
    expect(maskText(text)).toContain("a=1\nb=<secret from KAFKA_SASL_PASSWORD>\nc=<secret from KAFKA_SASL_PASSWORD>\n");
    expect(openText(text)).toContain("a=1\nb=planted\nc=planted\n");
    expect(inspect(text)).not.toContain("planted");
  });

  it("takes no value for part of a template or of a mark", () => {
    const key = escapePropertyKey("k");
    const value = escaped<"properties">("{{key}} & <x> \\0 $& 0");
    expect(openText(renderTemplate("client.properties", { prefix: "X", properties: [{ key, value }] }))).toContain(
      `\nk=${value}\n`,
    );
    const properties = [{ key, value: escaped<"properties">("\u00000\u0000") }];
    expect(() => renderTemplate("client.properties", { prefix: "X", properties })).toThrow(FormatError);
  });

  it("does not compile with a value that is not escaped, or escaped for another format", () => {
    const key = escapePropertyKey("k");
    const line: Views["client.properties"]["properties"][number] = { key, value: escapePropertyValue("v") };
    // @ts-expect-error: a value as it is
    const raw: typeof line = { key, value: "v" };
    // @ts-expect-error: a secret as it is
    const secret: typeof line = { key, value: new Secret("KAFKA_SASL_PASSWORD", () => "v") };
    // @ts-expect-error: XML's escape leaves backslashes and line ends
    const foreign: typeof line = { key, value: escapeXml("v") };
    expect([raw, foreign]).toEqual([line, line]);
    expect(secret.key).toBe(key);
  });
});
