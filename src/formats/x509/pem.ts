import { FormatError } from "../format-error.ts";

/** One `-----BEGIN label-----` block (RFC 7468, and RFC 1421 for its headers). */
export interface PemBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
  /** Lines such as `Proc-Type: 4,ENCRYPTED` before the data. */
  readonly headers: readonly string[];
  /** Of the BEGIN line, 1-based; counted when asked for. */
  readonly line: () => number;
}

/** A BEGIN or END line: the offsets of its line and what it says. */
interface Boundary {
  readonly kind: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

const boundary = /^-----(BEGIN|END) ([^-]*)-----$/;
const boundaryLike = /^-+ *(?:BEGIN|END) |-----(?:BEGIN|END) /;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const copyAgain = "copy the block again: characters were lost or changed";

/** The text of a PEM file: its characters are ASCII, whatever the file's encoding is. UTF-16 comes from Windows, and so does a BOM. */
export function pemText(bytes: Uint8Array): string {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = file.subarray(0, 3).toString("latin1");
  if (mark.startsWith("\xff\xfe")) return file.subarray(2).toString("utf16le");
  if (mark.startsWith("\xfe\xff"))
    return Buffer.from(file.subarray(2, file.length & ~1))
      .swap16()
      .toString("utf16le");
  return file.subarray(mark === "\xef\xbb\xbf" ? 3 : 0).toString("latin1");
}

/** Whether there is a PEM block in the file, well-formed or not. */
export function looksLikePem(bytes: Uint8Array): boolean {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isUtf16 = raw[0] === 0xff ? raw[1] === 0xfe : raw[0] === 0xfe && raw[1] === 0xff;
  const file = isUtf16 ? Buffer.from(pemText(raw), "latin1") : raw;
  return file.includes("BEGIN ") || file.includes("-----END ");
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** The next line from `from` on that is a boundary. Searches for words instead of going line by line: a bundle has thousands of lines. */
function nextBoundary(text: string, from: number): Boundary | undefined {
  const words = /(?:BEGIN|END) /g;
  words.lastIndex = from;
  for (let word = words.exec(text); word !== null; word = words.exec(text)) {
    const start = text.lastIndexOf("\n", word.index) + 1;
    const lineEnd = text.indexOf("\n", word.index);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(start, end).trim();
    const match = boundary.exec(line);
    if (match?.[1] !== undefined) return { kind: match[1], label: match[2] ?? "", start, end };
    if (boundaryLike.test(line)) throw malformed(line, lineAt(text, start));
    words.lastIndex = end;
  }
  return undefined;
}

function malformed(line: string, number: number): FormatError {
  if (line.includes("\\n")) {
    return new FormatError("line breaks are written as \\n", "write real line breaks into the file", number);
  }
  return new FormatError(
    "a BEGIN or END line is malformed",
    "keep each -----BEGIN …----- and -----END …----- on a separate line, with five hyphens on either side",
    number,
  );
}

function decode(text: string, from: number, to: number, { label, start }: Boundary): Uint8Array {
  const data = text.slice(from, to).replaceAll("\n", "");
  const bytes = Buffer.from(data, "base64");
  if (bytes.length > 0 && bytes.toString("base64") === data) return bytes;
  const compact = data.replace(/[ \t\r]/g, "");
  if (compact === "") throw new FormatError(`PEM block ${label} is empty`, "copy the block again", lineAt(text, start));
  if (base64.test(compact)) return bytes;
  const stranger = /[^A-Za-z0-9+/=\s]/.exec(text.slice(from, to));
  if (stranger === null) {
    throw new FormatError(`PEM block ${label} is not whole base64`, copyAgain, lineAt(text, start));
  }
  throw new FormatError(
    `PEM block ${label} has characters that are not base64`,
    copyAgain,
    lineAt(text, from + stranger.index),
  );
}

/** RFC 1421, 4.4: headers end at an empty line. */
function splitHeaders(text: string, from: number, to: number): { headers: string[]; dataFrom: number } {
  const firstLineEnd = text.indexOf("\n", from);
  if (firstLineEnd < 0 || firstLineEnd > to || !text.slice(from, firstLineEnd).includes(":")) {
    return { headers: [], dataFrom: from };
  }
  const blank = /\n[ \t\r]*\n/.exec(text.slice(from, to));
  const dataFrom = blank === null ? to : from + blank.index + blank[0].length;
  return {
    headers: text
      .slice(from, dataFrom)
      .trim()
      .split(/[ \t\r]*\n/),
    dataFrom,
  };
}

function readBlock(text: string, open: Boundary, close: Boundary | undefined): PemBlock {
  const { label, start } = open;
  if (close === undefined || close.kind === "BEGIN") {
    throw new FormatError("PEM block is not closed", `end it with -----END ${label}-----`, lineAt(text, start));
  }
  if (close.label !== label) {
    throw new FormatError(
      `PEM block ${label} is closed as ${close.label}`,
      `end it with -----END ${label}-----`,
      lineAt(text, close.start),
    );
  }
  const { headers, dataFrom } = splitHeaders(text, open.end + 1, close.start);
  const bytes = decode(text, dataFrom, close.start, open);
  return { label, bytes, headers, line: () => lineAt(text, start) };
}

/**
 * The blocks in the order of the file; text around them is passed over. Line ends may be CRLF, lines may be indented.
 * @throws FormatError with its line for a block that is not closed, closed by another label, empty or not base64
 */
export function parsePem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let open = nextBoundary(text, 0); open !== undefined;) {
    const { kind, label, start, end } = open;
    if (kind === "END") {
      throw new FormatError(
        `PEM block ${label} ends without a beginning`,
        `put -----BEGIN ${label}----- before its data`,
        lineAt(text, start),
      );
    }
    const close = nextBoundary(text, end);
    blocks.push(readBlock(text, open, close));
    open = close && nextBoundary(text, close.end);
  }
  return blocks;
}

/** One block with lines of 64 characters and a line break at its end. */
export function writePem(label: string, bytes: Uint8Array, headers: readonly string[] = []): string {
  const data = Buffer.from(bytes).toString("base64");
  const head = headers.length === 0 ? [] : [...headers, ""];
  return [`-----BEGIN ${label}-----`, ...head, ...(data.match(/.{1,64}/g) ?? []), `-----END ${label}-----`, ""].join(
    "\n",
  );
}
