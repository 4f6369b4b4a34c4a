import { styleText } from "node:util";

/** A style of util.styleText. */
type Style = Parameters<typeof styleText>[0];

/** Text for stdout, in a colour where that is a terminal that takes colours. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

export function line(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** A heading for what comes next. */
export function heading(text: string): void {
  line(`\n${styled("bold", text)}`);
}

/** Lines that another program wrote, set off from ours. */
export function quote(text: string): void {
  for (const quoted of text.trimEnd().split("\n")) line(`  ${styled("dim", "│")} ${quoted}`);
}

/** Columns as wide as their widest cell; the style comes after the padding, which must not count it. */
export function table(rows: readonly (readonly string[])[], style: (cell: string) => string): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => style(cell) + " ".repeat((widths[column] ?? 0) - cell.length));
    line(`  ${cells.join("  ").trimEnd()}`);
  }
}
