import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runSluice } from "../../test/support/run-sluice.ts";
import { run } from "./programs.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/kubernetes.md"), "utf8");

/** The headings of docs/kubernetes.md under which there are commands. */
export const headings: readonly string[] = page
  .split(/^## /m)
  .filter((section) => commandsOf(section).length > 0)
  .map((section) => section.split("\n")[0] ?? "");

/** A file on the page, which begins with its name in a comment. */
export function documentedFile(name: string): string {
  const file = page.split("\n\n").find((block) => block.startsWith(`    # ${name}\n`));
  if (file === undefined) throw new Error(`docs/kubernetes.md has no ${name}`);
  return `${file.replaceAll(/^ {4}/gm, "")}\n`;
}

/** The commands under a heading of docs/kubernetes.md. */
export function commands(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/kubernetes.md has no heading ${heading}`);
  return commandsOf(section);
}

/** A command in words, for another namespace; what stands there as `<name>` is put in. */
export function fill(command: string, namespace: string, values: Readonly<Record<string, string>>): readonly string[] {
  return command.split(" ").map((word, index, words) => {
    if (["-n", "--namespace"].includes(words[index - 1] ?? "")) return namespace;
    return word.replaceAll(/<(\w+)>/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`nothing to put in for <${name}> in: ${command}`);
      return value;
    });
  });
}

/**
 * Runs a command in words, with the paths of the files that it names. Of a pipe, each program is given what the one before has
 * said; what the last one says is returned.
 */
export async function runCommand(words: readonly string[], files: Readonly<Record<string, string>>): Promise<string> {
  let said = "";
  for (const stage of words.join(" ").split(" | ")) {
    const [program = "", ...args] = stage.split(" ").map((word) => files[word] ?? word);
    said = program === "sluice" ? await fromSource(args) : await run(program, args, said);
  }
  return said;
}

async function fromSource(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runSluice(args);
  if (exitCode !== 0) throw new Error(`sluice ${args.join(" ")}: ${stderr}`);
  return stdout;
}

function commandsOf(section: string): readonly string[] {
  return section
    .split("\n")
    .filter((line) => /^ {4}(?:kubectl|helm|sluice) /.test(line))
    .map((line) => line.trim());
}
