import { type DerValue, Tag } from "./der.ts";
import { derOid, derSequence, derSet, derUtf8String } from "./der-write.ts";

/** RFC 4514's short names, and those that LDAP servers and the JDK also know. */
const shortNames = {
  CN: "2.5.4.3",
  SERIALNUMBER: "2.5.4.5",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  STREET: "2.5.4.9",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  UID: "0.9.2342.19200300.100.1.1",
  DC: "0.9.2342.19200300.100.1.25",
  EMAILADDRESS: "1.2.840.113549.1.9.1",
} as const;

const byOid: ReadonlyMap<string, string> = new Map(Object.entries(shortNames).map(([name, oid]) => [oid, name]));

/** Attributes in the order in which they are read: `{ CN: "flink.internal", O: "Corp" }`. */
export type Name = Partial<Readonly<Record<keyof typeof shortNames, string>>>;

/** A parsed Name (RFC 5280, 4.1.2.4). */
export interface ParsedName {
  /** RFC 4514; empty for an empty name. */
  readonly text: string;
  /** The most specific one, as it is. */
  readonly commonName: string | undefined;
}

function decodeText(value: DerValue): string | undefined {
  switch (value.tag) {
    case Tag.utf8String:
      return value.text("utf8");
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.teletexString:
      return value.text("latin1");
    case Tag.bmpString:
      return value.content.length % 2 === 0 ? Buffer.from(value.content).swap16().toString("utf16le") : undefined;
    default:
      return undefined;
  }
}

const unescaped = /^(?! )[\w .:'()/&@*-]*$/;
const printableAscii = /^[\x20-\x7e]*$/;

/** RFC 4514, 2.4. Control and formatting characters become hex pairs, so that no name can break or disguise a line. */
function escapeValue(text: string): string {
  if (unescaped.test(text) && !text.endsWith(" ")) return text;
  const escaped = text.replace(/[,+"\\<>;]|^[ #]| $/g, "\\$&");
  // The tables of Unicode's classes cost milliseconds, and most names do without them.
  if (printableAscii.test(text)) return escaped;
  return escaped.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Buffer.from(character).toString("hex").replace(/../g, "\\$&"),
  );
}

/** Reads a Name. Throws a FormatError if it is none. */
export function parseName(encoded: DerValue): ParsedName {
  const relativeNames: string[] = [];
  let commonName: string | undefined;
  for (const name = encoded.inside(); !name.atEnd;) {
    const attributes: string[] = [];
    for (const set = name.enter(Tag.set); !set.atEnd;) {
      const attribute = set.enter();
      const oid = attribute.oid();
      const value = attribute.any();
      attribute.end();
      const text = decodeText(value);
      const type = byOid.get(oid);
      if (type === "CN" && text !== undefined) commonName = text;
      attributes.push(
        type === undefined || text === undefined
          ? `${type ?? oid}=#${value.bytes.toString("hex")}`
          : `${type}=${escapeValue(text)}`,
      );
    }
    relativeNames.push(attributes.join("+"));
  }
  return { text: relativeNames.toReversed().join(","), commonName };
}

/** For comparing two names' texts as RFC 5280, 7.1 wants it: case and runs of spaces do not count. */
export function canonicalName(text: string): string {
  return text.toLowerCase().replace(/ +/g, " ");
}

/** Writes a Name with UTF8String values; the last attribute becomes the outermost, as RFC 4514 reads. */
export function writeName(name: Name): Uint8Array {
  const attributes = Object.entries(name).toReversed();
  return derSequence(
    ...attributes.map(([type, text]) =>
      derSet(derSequence(derOid(shortNames[type as keyof Name]), derUtf8String(text))),
    ),
  );
}
