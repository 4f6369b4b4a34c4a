import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = readFileSync(join(import.meta.dirname, "../../docs/kubernetes.md"), "utf8");

/** The headings of docs/kubernetes.md under which there are commands. */
export const headings: readonly string[] = page
  .split(/^## /m)
  .filter((section) => commandsOf(section).length > 0)
  .map((section) => section.split("\n")[0] ?? "");

/** The commands under a heading of docs/kubernetes.md. */
export function commands(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/kubernetes.md has no heading ${heading}`);
  return commandsOf(section);
}

/** A command in words, for another namespace; what stands there as `<name>` is put in. */
export function fill(command: string, namespace: string, values: Readonly<Record<string, string>>): readonly string[] {
  return command.split(" ").map((word, index, words) => {
    if (words[index - 1] === "-n") return namespace;
    return word.replaceAll(/<(\w+)>/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`nothing to put in for <${name}> in: ${command}`);
      return value;
    });
  });
}

function commandsOf(section: string): readonly string[] {
  return section
    .split("\n")
    .filter((line) => /^ {4}(?:kubectl|helm) /.test(line))
    .map((line) => line.trim());
}
