// Compiles templates/*.hbs for Handlebars' runtime, so that a start neither reads nor parses them. `npm run docs` writes the result.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import Handlebars from "handlebars";

const folder = join(import.meta.dirname, "..", "templates");

/** Where the compiled templates are kept. */
export const compiledTemplates = "src/templates/compiled.js";

/** Each template's text by its name, such as `krb5.conf`. */
export function templateSources(): ReadonlyMap<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".hbs"));
  return new Map(files.toSorted().map((file) => [basename(file, ".hbs"), readFileSync(join(folder, file), "utf8")]));
}

/** A module whose `specifications` are what `Handlebars.template` takes. Values come escaped for their format, and are not escaped again. */
export function compileTemplates(): string {
  const entries = [...templateSources()].map(([name, text]) => `  ${JSON.stringify(name)}: ${precompile(text)},\n`);
  return `// Made by \`npm run docs\` from templates/*.hbs.\nexport const specifications = {\n${entries.join("")}};\n`;
}

function precompile(text: string): string {
  const specification: unknown = Handlebars.precompile(text, { strict: true, noEscape: true, knownHelpersOnly: true });
  if (typeof specification !== "string")
    throw new TypeError("Handlebars has compiled to something other than JavaScript");
  return specification;
}
