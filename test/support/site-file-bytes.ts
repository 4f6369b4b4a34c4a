const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "UTF-8": (each) => Buffer.from(each),
  bom: (each) => Buffer.from(`\uFEFF${each}`),
  latin: (each) => Buffer.from(each.replaceAll("值", "ÿ"), "latin1"),
  gbk: gbk,
  le: (each) => Buffer.from(`\uFEFF${each}`, "utf16le"),
  be: (each) => Buffer.from(`\uFEFF${each}`, "utf16le").swap16(),
  "le without a mark": (each) => Buffer.from(each, "utf16le"),
};
const fitting: Readonly<Record<string, readonly string[]>> = {
  "UTF-8": ["", "UTF-8", "utf8", "UTF_8"],
  bom: ["", "UTF-8"],
  latin: ["ISO-8859-1", "iso_8859-1", "windows-1252", "ISO-8859-15"],
  gbk: ["GBK", "gb2312", "GB18030"],
  le: ["", "UTF-16", "utf-16le"],
  be: ["", "UTF-16", "UTF-16BE"],
  "le without a mark": ["UTF-16", "UTF-16LE"],
};
const others = ["US-ASCII", "UTF-16", "UTF-8", "ISO-8859-1", "GBK", "Shift_JIS", "no-such", "UTF-32", ""];

/** The few characters of the documents that GBK has. */
function gbk(all: string): Uint8Array {
  const known: Readonly<Record<string, readonly number[]>> = {
    值: [0xd6, 0xb5],
    ü: [0xa8, 0xb9],
    é: [0xa8, 0xa6],
    "·": [0xa1, 0xa4],
    "—": [0xa1, 0xaa],
  };
  const other = [0xb0, 0xa1];
  return Buffer.from(
    Array.from(all).flatMap((each) => (each <= "\u007F" ? [each.codePointAt(0) ?? 0] : (known[each] ?? other))),
  );
}

/** UTF-8 more often than others. */
export const waysToEncode: readonly string[] = ["UTF-8", "UTF-8", "UTF-8", ...Object.keys(encodings)];

interface Declared {
  /** One of {@link waysToEncode}. */
  readonly how: string;
  /** Any number: which name of the encoding is declared, or another encoding. */
  readonly choice: number;
  /** The XML declaration, with an E for that of the encoding. */
  readonly declared: string;
  /** Whether there is a declaration where no encoding needs one. */
  readonly isDeclared: boolean;
}

/** The bytes of a document. Most declare the encoding that they are in. */
export function encode(text: string, { how, choice, declared, isDeclared }: Declared): Uint8Array {
  const fit = fitting[how] ?? [""];
  const encoding = choice % 31 === 0 ? others[(choice / 31) % others.length] : fit[choice % fit.length];
  const head = isDeclared || encoding ? declared.replace("E", encoding ? ` encoding="${encoding}"` : "") : "";
  return encodings[how]?.(head + text) ?? Buffer.from(head + text);
}
