import { FormatError } from "../format-error.ts";
import { notXml } from "./text.ts";

/**
 * The text of an XML 1.0 document, as Woodstox 5.4 (StreamBootstrapper) decodes it: by a byte order mark or the width of the first
 * characters, then by the declaration, else as UTF-8. The declaration is left out, line ends are line feeds.
 * @throws FormatError for XML 1.1, for encodings that are not read here, for bytes that are invalid in theirs, and for characters that XML
 * does not allow
 */
export function decodeXml(bytes: Uint8Array): string {
  const { name, width, rest } = byteOrder(bytes);
  const head = width === 2 ? decode(name, rest.subarray(0, 512), false) : latin1(rest.subarray(0, 256));
  const { length, encoding } = declaration(head);
  const text = decode(encoding === undefined ? name : declared(encoding, name), rest, true);
  const content = text.slice(length).replaceAll(/\r\n?/g, "\n");
  // The declaration's own lines count.
  const lines = "\n".repeat(text.slice(0, length).split(/\r\n?|\n/).length - 1);
  const bad = notXml.exec(content);
  if (bad === null) return lines + content;
  const code = `U+${(bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const line = (lines + content.slice(0, bad.index)).split("\n").length;
  throw new FormatError(`the character ${code} is not allowed in XML`, "take it out", line);
}

interface ByteOrder {
  readonly name: string;
  readonly width: 1 | 2;
  /** Without the byte order mark. */
  readonly rest: Uint8Array;
}

function byteOrder(bytes: Uint8Array): ByteOrder {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  const pair = (first << 8) | second;
  if (pair === 0xfeff || pair === 0xfffe) {
    if (pair === 0xfffe && third === 0 && fourth === 0) throw unread("UTF-32");
    return { name: pair === 0xfeff ? "utf-16be" : "utf-16le", width: 2, rest: bytes.subarray(2) };
  }
  if (pair === 0xefbb && third === 0xbf) return { name: "utf-8", width: 1, rest: bytes.subarray(3) };
  // "<?" in two bytes each.
  if (pair === 0x003c && third === 0 && fourth === 0x3f) return { name: "utf-16be", width: 2, rest: bytes };
  if (pair === 0x3c00 && third === 0x3f && fourth === 0) return { name: "utf-16le", width: 2, rest: bytes };
  if (bytes[0] === 0 || pair === 0x3c00) throw unread("UTF-16 without a byte order mark, or UTF-32");
  return { name: "utf-8", width: 1, rest: bytes };
}

const xmlDeclaration =
  /^<\?xml[\t\n\r ]+version[\t\n\r ]*=[\t\n\r ]*(["'])(1\.[01])\1(?:[\t\n\r ]+encoding[\t\n\r ]*=[\t\n\r ]*(["'])([A-Za-z0-9._-]+)\3)?(?:[\t\n\r ]+standalone[\t\n\r ]*=[\t\n\r ]*(["'])(?:yes|no)\5)?[\t\n\r ]*\?>/;

/** Its length in characters: each encoding that is read writes it in as many. */
function declaration(head: string): { readonly length: number; readonly encoding: string | undefined } {
  if (!/^<\?xml[\t\n\r ]/.test(head)) return { length: 0, encoding: undefined };
  const [all, , version, , encoding] = xmlDeclaration.exec(head) ?? [];
  const hint = 'write it as <?xml version="1.0" encoding="UTF-8"?>';
  if (all === undefined) throw new FormatError("the XML declaration is not valid", hint, 1);
  if (version !== "1.0") throw new FormatError("XML 1.1 is not read", 'write version="1.0"', 1);
  return { length: all.length, encoding };
}

/** The encoding's name for {@link decode}. Woodstox compares Unicode's and ISO's first names loosely, Java the others exactly. */
function declared(encoding: string, found: string): string {
  const loose = encoding.toLowerCase().replaceAll(/[_-]/g, "");
  const is16 = found !== "utf-8";
  const isMatching = loose === "utf16" ? is16 : loose.startsWith("utf16") && found.replace("-", "") === loose;
  if (isMatching) return found;
  if (is16 || loose.startsWith("utf16") || loose.startsWith("utf32")) {
    const hint = "save the file in the encoding that it declares";
    throw new FormatError(`it declares ${encoding}, but its bytes are ${found.toUpperCase()}`, hint, 1);
  }
  if (loose === "utf8") return "utf-8";
  if (loose === "usascii" || loose === "ascii") return "us-ascii";
  if (loose === "iso88591" || loose === "isolatin1" || loose === "latin1") return "iso-8859-1";
  const exact = encoding.toLowerCase();
  if (["iso-8859-15", "windows-1252", "gbk", "gb2312", "gb18030"].includes(exact)) return exact;
  throw unread(encoding);
}

function decode(name: string, bytes: Uint8Array, fatal: boolean): string {
  if (name === "iso-8859-1") return latin1(bytes);
  const isSame = name.startsWith("gb") ? isSameGbk(name, latin1(bytes)) : true;
  try {
    if (!isSame || (name === "us-ascii" && bytes.some((byte) => byte > 0x7f))) throw new TypeError();
    const label = name === "us-ascii" ? "utf-8" : name === "gb18030" || name === "gb2312" ? "gbk" : name;
    const text = new TextDecoder(label, { fatal, ignoreBOM: true }).decode(bytes);
    // Java has no characters for these bytes.
    if (name === "windows-1252" && /[\u0080-\u009F]/.test(text)) throw new TypeError();
    // Two characters that Java's EUC_CN reads as others than GBK.
    return name === "gb2312" ? text.replaceAll("\u00B7", "\u30FB").replaceAll("\u2014", "\u2015") : text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const hint = "save the file as UTF-8, and declare no other encoding";
    throw new FormatError(`a byte is not valid ${name.toUpperCase()}`, hint);
  }
}

/** What Node and each Java from 11 on decode in the same way; outside it are some characters that later editions of the standard moved. */
const sameIn: Readonly<Record<string, RegExp>> = {
  gbk: /[\0-\x7F]|(?!\xA3\xA0|\xA6[\xD9-\xDF\xEC\xED\xF3]|\xA8[\x92\xBC\xBF]|\xA9[\x89-\x95]|\xFE[\x50-\xA0])[\x81-\xFE][\x40-\x7E\x80-\xFE]/gy,
  gb2312:
    /[\0-\x7F]|\xA1[\xA1-\xFE]|\xA2[\xB1-\xE2\xE5-\xEE\xF1-\xFC]|\xA3[\xA1-\xFE]|\xA4[\xA1-\xF3]|\xA5[\xA1-\xF6]|\xA6[\xA1-\xB8\xC1-\xD8]|\xA7[\xA1-\xC1\xD1-\xF1]|\xA8[\xA1-\xBA\xC5-\xE9]|\xA9[\xA4-\xEF]|(?!\xD7[\xFA-\xFE])[\xB0-\xF7][\xA1-\xFE]/gy,
};

function isSameGbk(name: string, bytes: string): boolean {
  return bytes.replaceAll(sameIn[name === "gb18030" ? "gbk" : name] ?? /$^/g, "") === "";
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function unread(encoding: string): FormatError {
  const hint = "convert the file with iconv -t UTF-8, and declare UTF-8";
  return new FormatError(`the encoding ${encoding} is not read`, hint, 1);
}
