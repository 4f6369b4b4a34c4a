/** Pairs of horizontal bars on one scale that starts at zero. */
export interface BarChart {
  readonly title: string;
  readonly unit: string;
  readonly groups: readonly {
    readonly title: string;
    readonly bars: readonly { readonly label: string; readonly value: number }[];
  }[];
  readonly note: string;
}

const width = 720;
const left = 132;
/** Room for the figure behind the longest bar. */
const right = 76;
const barHeight = 20;
const barPitch = 26;
const groupHead = 26;
const groupGap = 18;
const top = 46;

/** The colours are told apart by anyone, and have contrast on white and on black. */
const style = `
  text { font: 14px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-size: 17px; font-weight: 600 }
  .group { font-weight: 600 }
  .note { font-size: 12px; fill: #59636e }
  .value { font-variant-numeric: tabular-nums }
  .other { fill: #8b949e }
  .own { fill: #1f6feb }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .note { fill: #9198a1 }
    .other { fill: #6e7681 }
    .own { fill: #4493f8 }
  }`;

/** Draws the chart as SVG, readable on light and on dark ground; the last bar of each group is the own one. */
export function barChart({ title, unit, groups, note }: BarChart): string {
  const most = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const scale = (width - left - right) / most;
  const parts: string[] = [];
  let y = top;
  for (const group of groups) {
    parts.push(`<text class="group" x="0" y="${y + 14}">${escape(group.title)}</text>`);
    y += groupHead;
    for (const [index, { label, value }] of group.bars.entries()) {
      const length = Math.max(1, value * scale);
      const kind = index === group.bars.length - 1 ? "own" : "other";
      parts.push(
        `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${escape(label)}</text>`,
        `<rect class="${kind}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"/>`,
        `<text class="value" x="${(left + length + 8).toFixed(1)}" y="${y + 15}">${figure(value)} ${unit}</text>`,
      );
      y += barPitch;
    }
    y += groupGap;
  }
  const height = y + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<style>${style}\n</style>`,
    `<text class="title" x="0" y="18">${escape(title)}</text>`,
    ...parts,
    `<text class="note" x="0" y="${height - 6}">${escape(note)}</text>`,
    "</svg>\n",
  ].join("\n");
}

/** Two digits that mean something. */
function figure(value: number): string {
  if (value >= 10) return value.toFixed(0);
  return value >= 1 ? value.toFixed(1) : value.toPrecision(2);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
