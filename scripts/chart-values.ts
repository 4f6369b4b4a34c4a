// The values of the Helm chart as a document: what its schema says of each, with the default of values.yaml.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const chart = join(import.meta.dirname, "../deploy/chart");

/** A part of a JSON schema, as far as values.schema.json uses it. */
export interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** One value of the chart. */
export interface ChartValue {
  /** As in `tls.rest.mutual`. */
  readonly path: string;
  readonly description: string;
  readonly takes: string;
  readonly fallback: unknown;
}

const schema = JSON.parse(readFileSync(join(chart, "values.schema.json"), "utf8")) as Schema;

/** Every value that is not a group of others, in the schema's order. */
export function chartValues(): readonly ChartValue[] {
  const defaults = parse(readFileSync(join(chart, "values.yaml"), "utf8")) as Record<string, unknown>;
  return valuesOf(schema, "", defaults);
}

function valuesOf(group: Schema, prefix: string, defaults: unknown): readonly ChartValue[] {
  return Object.entries(group.properties ?? {}).flatMap(([name, property]) => {
    const resolved = resolve(property);
    const path = `${prefix}${name}`;
    const fallback = (defaults as Record<string, unknown> | undefined)?.[name];
    if (resolved.properties !== undefined) return valuesOf(resolved, `${path}.`, fallback);
    return [{ path, description: resolved.description ?? "", takes: takes(resolved), fallback }];
  });
}

/** A reference and what stands beside it, in one. */
function resolve(part: Schema): Schema {
  if (part.$ref === undefined) return part;
  return { ...schema.$defs?.[part.$ref.replace("#/$defs/", "")], ...part };
}

function takes({ enum: choices, type, items, additionalProperties: further }: Schema): string {
  if (choices !== undefined) return choices.map((choice) => (choice === "" ? "nothing" : String(choice))).join(", ");
  if (type === "array") return `a list${items === undefined ? "" : ` of ${kind(resolve(items), "s")}`}`;
  if (type === "object")
    return `names, each with ${typeof further === "object" ? kind(resolve(further), "") : "a value"}`;
  return kind({ type: type ?? "string" }, "");
}

function kind({ type, enum: choices }: Schema, plural: "s" | ""): string {
  const article = plural === "" ? "a " : "";
  if (choices !== undefined) return plural === "" ? "a choice" : "choices";
  if (type === "integer") return plural === "" ? "a whole number" : "whole numbers";
  if (type === "boolean") return "true or false";
  if (type === "object") return `${article}mapping${plural}`;
  if (Array.isArray(type)) return `${article}value${plural}`;
  return `${article}text${plural}`;
}

/** docs/chart-values.md. */
export function chartValuesMarkdown(introduction: string): string {
  const groups = Map.groupBy(chartValues(), ({ path }) => path.split(".").slice(0, -1)[0] ?? "release");
  const sections = [...groups].map(([group, values]) => {
    const rows = values.map(
      ({ path, description, takes: type, fallback }) =>
        `| \`${path}\` | ${description.replaceAll("|", "\\|")} | ${type} | ${shown(fallback)} |`,
    );
    const about = schema.properties?.[group];
    const text = about?.properties === undefined ? "" : `${about.description ?? ""}.\n\n`;
    return `## ${group}\n\n${text}| Value | What it is | Takes | Default |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  return `# Values of the chart\n\n${introduction}\n${sections.join("\n")}`;
}

function shown(fallback: unknown): string {
  return fallback === undefined || fallback === "" ? "" : `\`${JSON.stringify(fallback)}\``;
}
