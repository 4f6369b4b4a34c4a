import { FormatError } from "./format-error.ts";

/** One `-----BEGIN label-----` block (RFC 7468, and RFC 1421 for its headers). */
export interface PemBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
  /** Lines such as `Proc-Type: 4,ENCRYPTED` before the data. */
  readonly headers: readonly string[];
  /** Of the BEGIN line, 1-based. */
  readonly line: number;
}

const boundary = /^-----(BEGIN|END) ([^-]*)-----$/;
const boundaryLike = /^-+ *(BEGIN|END) |-----(BEGIN|END) /;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const notBase64 = /[^A-Za-z0-9+/=]/;

/** Whether there is a PEM block in the file, well-formed or not. */
export function looksLikePem(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("BEGIN ");
}

function notAlone(line: string, number: number): FormatError {
  if (line.includes("\\n")) return new FormatError("line breaks are written as \\n", "write real line breaks into the file", number);
  return new FormatError("a BEGIN or END line is malformed", "keep each -----BEGIN …----- and -----END …----- on a line of its own, with five hyphens on either side", number);
}

function decode(label: string, lines: readonly string[], dataFrom: number, begin: number): Uint8Array {
  const data = lines.join("");
  if (data === "") throw new FormatError(`PEM block ${label} is empty`, "copy the block again", begin);
  if (!base64.test(data)) {
    const bad = lines.findIndex((line) => notBase64.test(line));
    throw new FormatError(
      bad < 0 ? `PEM block ${label} is not whole base64` : `PEM block ${label} has characters that are not base64`,
      "copy the block again: characters were lost or changed",
      bad < 0 ? begin : dataFrom + bad,
    );
  }
  return Buffer.from(data, "base64");
}

/**
 * The blocks in the order of the file; text around them is passed over. Line ends may be CRLF, lines may be indented.
 * @throws FormatError with its line for a block that is not closed, closed by another label, empty or not base64
 */
export function parsePem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const lines = text.split("\n");
  let open: { label: string; line: number } | undefined;
  let headers: string[] = [];
  let data: string[] = [];
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const number = index + 1;
    const match = line.includes("-") && boundaryLike.test(line) ? boundary.exec(line) : undefined;
    if (match === null) throw notAlone(line, number);
    if (match === undefined) {
      if (open === undefined) continue;
      if (data.length === 0 && (line.includes(":") || (line === "" && headers.length > 0))) headers.push(line);
      else data.push(line);
      continue;
    }
    const [, kind, label = ""] = match;
    if (kind === "BEGIN") {
      if (open !== undefined) throw unclosed(open);
      open = { label, line: number };
      headers = [];
      data = [];
    } else {
      if (open === undefined) throw new FormatError(`PEM block ${label} ends without a beginning`, `put -----BEGIN ${label}----- before its data`, number);
      if (open.label !== label) throw new FormatError(`PEM block ${open.label} is closed as ${label}`, `end it with -----END ${open.label}-----`, number);
      const bytes = decode(label, data, open.line + headers.length + 1, open.line);
      blocks.push({ label, bytes, headers: headers.filter((header) => header !== ""), line: open.line });
      open = undefined;
    }
  }
  if (open !== undefined) throw unclosed(open);
  return blocks;
}

function unclosed(open: { label: string; line: number }): FormatError {
  return new FormatError("PEM block is not closed", `end it with -----END ${open.label}-----`, open.line);
}

/** One block with lines of 64 characters and a line break at its end. */
export function writePem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der).toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
