import type { Declaration } from "./declaration.ts";
import type { Variable } from "./variables.ts";

/** A declaration with its heading in the reference. */
export type Described = Declaration & { readonly title: string; readonly about: string };

interface Entry {
  readonly names: string;
  readonly text: string;
  readonly expects: string;
  readonly defaultText: string | undefined;
  readonly example: string | undefined;
}

/** The reference of every variable for a terminal. */
export function referenceText(declarations: readonly Described[]): string {
  return withVariables(declarations)
    .map((declaration) => {
      const entries = entriesOf(declaration).map(({ names, text, expects, defaultText, example }) =>
        [
          `  ${names}`,
          ...wrap(text),
          `      takes ${expects}${defaultText === undefined ? "" : `; default ${defaultText}`}`,
          ...(example === undefined ? [] : [`      such as ${example}`]),
        ].join("\n"),
      );
      return `${declaration.title}\n${entries.join("\n")}\n`;
    })
    .join("\n");
}

/** The same as Markdown, for docs/environment.md. */
export function referenceMarkdown(declarations: readonly Described[]): string {
  return withVariables(declarations)
    .map((declaration) => {
      const rows = entriesOf(declaration).map(
        ({ names, text, expects, defaultText, example }) =>
          `| ${names
            .split(", ")
            .map((name) => `\`${name}\``)
            .join(
              ", ",
            )} | ${cell(text)} | ${cell(expects)} | ${defaultText === undefined ? "" : defaultCell(defaultText)} | ${example === undefined ? "" : `\`${cell(example)}\``} |`,
      );
      return `## ${declaration.title}\n\n${declaration.about}\n\n| Variable | What it does | Takes | Default | Example |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`;
    })
    .join("\n");
}

/** A feature that only checks has nothing to set. */
function withVariables(declarations: readonly Described[]): readonly Described[] {
  return declarations.filter((declaration) => entriesOf(declaration).length > 0);
}

function entriesOf(declaration: Described): readonly Entry[] {
  const variables = Object.entries(declaration.env).map(([name, variable]: [string, Variable<unknown>]) => ({
    names: variable.holds === "value" ? name : `${name}, ${name}_FILE`,
    text: variable.desc,
    expects: variable.expects,
    defaultText: variable.defaultText,
    example: variable.example,
  }));
  const families = (declaration.envPatterns ?? []).map(({ name, desc, expects, example }) => ({
    names: name,
    text: desc,
    expects,
    defaultText: undefined,
    example,
  }));
  return [...variables, ...families];
}

/** A value as code, a sentence as it is. */
function defaultCell(text: string): string {
  return text.includes(" ") ? cell(text) : `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 78) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`      ${word}`);
  }
  return lines;
}
