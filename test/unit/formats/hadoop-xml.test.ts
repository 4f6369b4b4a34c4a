import { describe, expect, it } from "vitest";
import { readHadoopXml } from "../../../src/services/hdfs/site/site-file.ts";
import type { Include } from "../../../src/services/hdfs/site/site-parser.ts";
import { escapeXml } from "../../../src/formats/xml/text.ts";

const property = (inner: string) => `<configuration>\n<property>\n${inner}\n</property>\n</configuration>`;
const noFiles: Include = () => undefined;

function read(document: string | Uint8Array, include = noFiles) {
  return readHadoopXml(typeof document === "string" ? Buffer.from(document) : document, include);
}

describe("readHadoopXml", () => {
  it.each([
    ["<name>a</name><value>b</value>", "b", false],
    ["<name> a </name><value> b </value><final>true</final>", " b ", true],
    ["<name>a</name><value>b</value><final> true </final>", "b", false],
    ["<name>a</name><value>1<!-- 2 -->3<![CDATA[<&]]>&lt;&#65;&#x42;</value>", "13<&<AB", false],
    ["<name>a</name><value>1<b>2</b>3</value>", "123", false],
    ['<property name="a" value=""/><name>a</name>', "", false],
    ['<property name="a" value="x&#10;y\n" final="true"/>', "x\ny ", true],
  ])("%s", (inner, value, final) => {
    expect(read(property(inner)).properties).toEqual([{ name: "a", value, final }]);
  });

  it.each([
    ["<property><name>a</name><value>2</value></property>", [{ name: "a", value: "2", final: false }]],
    ["<property><name>a</name><value/><final>true</final></property>", [{ name: "a", value: "1", final: true }]],
    ["<property><name>b</name><final>true</final></property>", ["1", { name: "b", value: undefined, final: true }]],
  ])("after a property, %s", (second, expected) => {
    const first = "<property><name>a</name><value>1</value></property>";
    const whole = expected.map((each) => (each === "1" ? { name: "a", value: "1", final: false } : each));
    expect(read(`<configuration>${first}${second}</configuration>`).properties).toEqual(whole);
  });

  it("keeps the first of two with one name that is final, also by its old name", () => {
    const two =
      '<configuration><property name="fs.default.name" value="1" final="true"/><property name="fs.defaultFS" value="2"/></configuration>';
    const text = "fs.defaultFS is final further up, and keeps the value that it has there";
    expect(read(two)).toMatchObject({
      properties: [{ name: "fs.defaultFS", value: "1", final: true }],
      remarks: [{ level: "warning", text }],
    });
  });

  it.each([
    ["<html>\n</html>", 1, "<html> stands where <configuration> should"],
    ["<configuration>\n text</configuration>", 1, "the text between the tags is not read"],
    [property("<value>1</value>"), 2, "a property has no name that Hadoop asks for"],
    [
      property("<name>a</name><value>1</value><final> True</final>"),
      3,
      "Hadoop takes only <final>true</final>, without spaces, as final",
    ],
  ])("%j: remarks in line %s: %s", (document, line, text) => {
    expect(read(document).remarks).toEqual([expect.objectContaining({ line, text })]);
  });

  it("names the properties without a value", () => {
    const two = property("<name>a</name><value/></property><property><name>b</name>");
    expect(read(two)).toEqual({
      properties: [],
      remarks: [{ level: "info", text: "without a value, and so unset: a, b" }],
    });
  });

  it.each([
    ["", undefined, "there is no element"],
    ["a=b", 1, "text stands before the first tag"],
    ["<configuration>\n<property>", 2, "<property> is not closed"],
    ["<configuration>\n</property>", 2, "</property> closes nothing that is open"],
    ["<configuration/>\n<a/>", 2, "something follows the end of the root element"],
    [property("<name>a&b</name>"), 3, "& begins no reference"],
    [property("<name>a&auml;</name>"), 3, "a reference is not one that XML defines"],
    [property("<name>&#0;</name>"), 3, "a reference is not one that XML defines"],
    [property("<name>a]]>b</name>"), 3, "]]> ends no CDATA section"],
    [property("<!-- a -- b -->"), 3, "-- is not allowed in a comment"],
    ['\n<?xml version="1.0"?><configuration/>', 2, "the XML declaration is not at the start"],
    ['<?xml version="1.1"?><configuration/>', 1, "XML 1.1 is not read"],
    ['<?xml version="1.0"\nencoding="EUC-JP"?><configuration/>', 1, "the encoding EUC-JP is not read"],
    ['<?xml version="1.0" encoding="UTF-16"?><configuration/>', 1, "it declares UTF-16, but its bytes are UTF-8"],
    ['<?xml version="1.0"\n?>\n\u0001<configuration/>', 3, "the character U+0001 is not allowed in XML"],
    [`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${property("")}`, 1, "a DTD is not read"],
    [property('<xi:include href="x"/>'), 3, "the prefix of xi:include is not declared"],
    [property('<include href="x"/>'), 3, "the included file x does not exist"],
    [property('<a b="1" b="2"/>'), 3, "b is there twice in a tag"],
    [property("<a b=c/>"), 3, "a tag has something that is not a valid attribute"],
  ])("%j: line %s: %s", (document, line, message) => {
    expect(() => read(document)).toThrow(expect.objectContaining({ message, line }));
  });

  it.each([
    ["ISO-8859-1", "latin1"],
    ["utf_8", "utf8"],
    ["UTF-16", "utf16le"],
  ] as const)("reads %s", (declared, encoding) => {
    const text = `<?xml version="1.0" encoding="${declared}"?>${property("<name>a</name><value>grün</value>")}`;
    expect(read(Buffer.from(text, encoding)).properties).toEqual([{ name: "a", value: "grün", final: false }]);
  });

  it.each([
    ["GBK", [0xd6, 0xd0, 0xa1, 0xaa], "中—"],
    ["GB2312", [0xd6, 0xd0, 0xa1, 0xaa], "中―"],
    ["windows-1252", [0x80], "€"],
    ["ISO-8859-15", [0xa4], "€"],
  ])("reads %s", (declared, bytes, value) => {
    const [before = "", after = ""] = property("<name>a</name><value>|</value>").split("|");
    const head = Buffer.from(`<?xml version="1.0" encoding="${declared}"?>${before}`);
    const document = Buffer.concat([head, Buffer.from(bytes), Buffer.from(after)]);
    expect(read(document).properties).toEqual([{ name: "a", value, final: false }]);
  });

  it.each([
    ["GBK", [0x80]],
    ["GB2312", [0x81, 0x40]],
    ["windows-1252", [0x81]],
    ["US-ASCII", [0xe9]],
    ["UTF-8", [0xe9]],
  ])("refuses bytes that are not %s", (declared, bytes) => {
    const document = [
      Buffer.from(`<?xml version="1.0" encoding="${declared}"?><!-- `),
      Buffer.from(bytes),
      Buffer.from(" --><a/>"),
    ];
    expect(() => read(Buffer.concat(document))).toThrow(`a byte is not valid ${declared.toUpperCase()}`);
  });
});

describe("an included file", () => {
  const including = (inner = "") => `<configuration><include href="m">${inner}</include></configuration>`;
  const fallback = '<fallback><property name="f" value="1"/></fallback>';
  const file =
    (text: string): Include =>
    () => ({ path: "/m", bytes: Buffer.from(text) });

  it("comes in the place of its element, and keeps a fallback out", () => {
    const { properties } = read(including(fallback), file('<x><property name="m" value="2"/></x>'));
    expect(properties).toEqual([{ name: "m", value: "2", final: false }]);
  });

  it("is replaced by a fallback where it does not exist", () => {
    expect(read(including(fallback)).properties).toEqual([{ name: "f", value: "1", final: false }]);
  });

  it.each([
    ["<a>", "/m, line 1: <a> is not closed"],
    [including(), "/m, line 1: /m includes itself"],
  ])("that is %s is told with its path", (text, message) => {
    expect(() => read(including(), file(text))).toThrow(message);
  });
});

it("escapes what would end a value, and refuses what XML cannot say", () => {
  expect(escapeXml("a<b>&c\r]]>\"'")).toBe("a&lt;b&gt;&amp;c&#13;]]&gt;\"'");
  expect(() => escapeXml("\u0001")).toThrow("XML cannot say");
});
