import runtime from "handlebars/runtime.js";
import { Secret, type Text } from "../secret.ts";
import type { Escaped } from "../formats/escaped.ts";
import { FormatError } from "../formats/format-error.ts";
import { specifications } from "./compiled.js";

interface Line<Format extends "properties" | "sql"> {
  readonly key: Escaped<Format>;
  readonly value: Escaped<Format> | Secret<Escaped<Format>>;
}

/** A property of a Hadoop file. Hadoop takes an element without text for no value, so an empty value becomes an attribute. */
interface SiteProperty {
  readonly name: Escaped<"xml">;
  readonly value: Escaped<"xml"> | Secret<Escaped<"xml">> | undefined;
  readonly isEmpty: boolean;
  readonly final: boolean;
}

/** What each template is filled with. The type of a value tells the format that it is escaped for. */
export interface Views {
  readonly "krb5.conf": {
    readonly realm: Escaped<"krb5">;
    /** Separated by spaces. */
    readonly encryptionTypes: Escaped<"krb5">;
    readonly realms: readonly { readonly name: Escaped<"krb5">; readonly kdcs: readonly Escaped<"krb5">[] }[];
    readonly domains: readonly { readonly domain: Escaped<"krb5">; readonly realm: Escaped<"krb5"> }[];
  };
  readonly "hadoop-site.xml": { readonly properties: readonly SiteProperty[] };
  /** `prefix` is the service's, such as `KAFKA`. */
  readonly "client.properties": { readonly prefix: string; readonly properties: readonly Line<"properties">[] };
  /** Keys and values are SQL literals; `secrets` are shown as a comment, without what is secret in them. */
  readonly "kafka-table.sql": { readonly options: readonly Line<"sql">[]; readonly secrets: readonly Line<"sql">[] };
}

/** Fills a template of the folder `templates`. A Secret of the view stays one, in its place in the text. */
export function renderTemplate<Name extends keyof Views>(name: Name, view: Views[Name]): Text {
  const secrets: Secret[] = [];
  const rendered = runtime.template(specifications[name])(withMarks(view, secrets) as object);
  const parts = rendered
    .split(/\0(\d+)\0/)
    .map((part, index) => (index % 2 === 0 ? part : (secrets[Number(part)] ?? "")));
  return parts.filter((part) => part !== "");
}

/** The view with a mark for each secret: no text has a NUL. */
function withMarks(value: unknown, secrets: Secret[]): unknown {
  if (value instanceof Secret) return `\0${secrets.push(value) - 1}\0`;
  if (typeof value === "string" && value.includes("\0"))
    throw new FormatError("it holds a NUL character", "take it out");
  if (Array.isArray(value)) return value.map((each) => withMarks(each, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withMarks(each, secrets)]));
}
