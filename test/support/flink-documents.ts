import * as fc from "fast-check";
import { anyKey, hostileValue } from "./hostile-values.ts";

/** Lines of a mounted config.yaml that belong together, with the keys they set. */
export interface Block {
  readonly text: string;
  readonly keys: readonly string[];
}

const plainValue = fc.constantFrom("a", "b c", "8081", "1.50", "true", "s3://b/p", "-Da=1 -Db=2", "a#b", "x:y");
const written = fc.oneof(
  plainValue,
  plainValue.map((value) => `"${value}"`),
  plainValue.map((value) => `'${value}' # note`),
  fc.constantFrom(
    '"a: b"',
    "'it''s'",
    '"\\u00e9\\n"',
    "|\n      text\n      more",
    ">-\n      folded\n      more",
    "two\n      lines",
  ),
);

/** Takes the number that keeps the keys of one document apart. */
const block: fc.Arbitrary<(index: number) => Block> = fc
  .oneof(
    fc
      .constantFrom("", "# a comment", "  # indented", "# s3.secret-key: abc")
      .map((text) => () => ({ text, keys: [] })),
    written.map((value) => (index: number) => ({ text: `flat${index}.key: ${value}`, keys: [`flat${index}.key`] })),
    fc.tuple(written, written).map(([one, other]) => (index: number) => ({
      text: `n${index}:\n  a: ${one}\n  # inside\n  b.c:\n    password:   ${other}`,
      keys: [`n${index}.a`, `n${index}.b.c.password`],
    })),
    fc.tuple(plainValue, plainValue).map(([one, other]) => (index: number) => ({
      text: `f${index}: { a: ${one}, "b": '${other}' } # flow`,
      keys: [`f${index}.a`, `f${index}.b`],
    })),
    fc
      .constantFrom(
        "\n  - a\n  - b # c",
        "\n- a\n- b: c\n  d: e",
        " # note\n  # inner\n  -  1\n  -  |\n     x",
        " [a, 'b: c',\n  d]",
        " []",
      )
      .map((list) => (index: number) => ({ text: `l${index}:${list}`, keys: [`l${index}`] })),
    fc.constantFrom("&x", "!!str", "? "),
  )
  .map((made) => (typeof made === "string" ? special(made) : made));

function special(kind: string): (index: number) => Block {
  if (kind === "&x") {
    return (index) => ({ text: `a${index}: &a${index} one\nr${index}: *a${index}`, keys: [`a${index}`, `r${index}`] });
  }
  if (kind === "!!str") return (index) => ({ text: `t${index}: !!str 1.50`, keys: [`t${index}`] });
  return (index) => ({ text: `? e${index}\n: one`, keys: [`e${index}`] });
}

/** A config.yaml as people write them, as its blocks. */
const blocks: fc.Arbitrary<readonly Block[]> = fc
  .array(block, { maxLength: 8 })
  .map((made) => made.map((make, index) => make(index)));

export interface Edited {
  readonly blocks: readonly Block[];
  readonly text: string;
  readonly changes: ReadonlyMap<string, string>;
}

/** A config.yaml, and keys of it or new ones with the values they are to have. */
export const edited: fc.Arbitrary<Edited> = blocks.chain((made) => {
  const there = made.flatMap(({ keys }) => keys);
  const roots = there.map((key) => key.split(".", 1)[0] ?? key);
  const key =
    there.length === 0 ? anyKey : fc.oneof(fc.constantFrom(...there), anyKey, fc.constantFrom(...there, ...roots));
  const changes = fc.array(fc.tuple(key, hostileValue), { maxLength: 4 }).map((pairs) => new Map(pairs));
  const layout = fc.record({
    newline: fc.constantFrom("\n", "\n", "\r\n"),
    end: fc.boolean(),
    start: fc.constantFrom("", "", "---\n", "\ufeff"),
  });
  return fc.tuple(changes, layout).map(([map, { newline, end, start }]) => {
    const body = start + made.map(({ text }) => `${text}\n`).join("");
    const text = (end ? body : body.replace(/\n$/, "")).replaceAll("\n", newline);
    return { blocks: made, text, changes: map };
  });
});

const marks = "a b c.d 1 1.50 007 0x1F true null ~ : - -- # [ ] { } , ? | > |- |+ \" ' \\ % @ ` << = $ \t é 😀 --- ...";

/** Separated by bars; a dollar is the end of a line. */
const openings =
  "$|$|$  |$    |$- |$---$|$...$|a: b$|k: v$|m:$  n: o$|l: [1, x]$|s:$- p$- q$|u: \"q\"$|v: 'w'$|x: &x 1$y: *x$";

const tokens = [
  ...marks.split(" "),
  ...openings.split("|").map((line) => line.replaceAll("$", "\n")),
  " ",
  "  ",
  ": ",
  ", ",
  " # c",
  "- ",
  "\r\n",
  "t: |\n  text\n",
];

/** Text that is now and then YAML. A line with a percent sign first may be a directive without a meaning, which Flink takes. */
export const tokenSoup: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("", "", "a: b\n"), fc.array(fc.constantFrom(...tokens), { maxLength: 9 }))
  .map(([start, parts]) => start + parts.join(""))
  .filter((text) => !/^%/m.test(text));

/** What flink-conf.yaml can say. */
const confValue = hostileValue.filter((value) => value !== "" && !/[#\r\n]|^[\0- ]|[\0- ]$/.test(value));

const confLine = fc.oneof(
  fc
    .tuple(anyConfKey(), confValue, fc.constantFrom("", "", " # note", "#", "   "))
    .map(([key, value, end]) => `${key}: ${value}${end}`),
  fc.constantFrom(
    "",
    "# a: b",
    "no colon",
    "a:b",
    "  indented: x  ",
    ": x",
    "x: ",
    "# s3.secret-key: abc",
    "\t",
    "a : b: c",
  ),
);

function anyConfKey(): fc.Arbitrary<string> {
  return anyKey.filter((key) => key !== "" && !/#|: |:$/.test(key));
}

/** A flink-conf.yaml, and keys of it or new ones with the values they are to have. */
export const confDocument: fc.Arbitrary<Omit<Edited, "blocks">> = fc
  .tuple(fc.array(confLine, { maxLength: 8 }), fc.constantFrom("\n", "\r\n", "\r"), fc.boolean())
  .chain(([lines, newline, end]) => {
    const text = lines.join(newline) + (end ? newline : "");
    const keys = lines.flatMap((line) => (/^k[^#: ]*(?=: )/.exec(line) ?? []).slice(0, 1));
    const key = keys.length === 0 ? anyConfKey() : fc.oneof(fc.constantFrom(...keys), anyConfKey());
    return fc.array(fc.tuple(key, confValue), { maxLength: 4 }).map((pairs) => ({ text, changes: new Map(pairs) }));
  });
