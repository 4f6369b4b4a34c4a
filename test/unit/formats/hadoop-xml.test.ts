import { describe, expect, it } from "vitest";
import { readHadoopXml } from "../../../src/formats/hadoop-xml.ts";
import { escapeXml } from "../../../src/formats/xml-tokens.ts";

const property = (inner: string) => `<configuration>\n<property>\n${inner}\n</property>\n</configuration>`;

describe("readHadoopXml", () => {
  it.each([
    ["<name>a</name><value>b</value>", { name: "a", value: "b", final: false }],
    ["<name> a </name><value> b </value><final> true </final>", { name: "a", value: " b ", final: true }],
    ["<name>a</name>", { name: "a", value: "", final: false }],
    ["<name>a</name><value/><description>x</description>", { name: "a", value: "", final: false }],
    [
      "<name>a</name><value>1<!-- 2 -->3<![CDATA[<&]]>&lt;&#65;&#x42;</value>",
      { name: "a", value: "13<&<AB", final: false },
    ],
  ])("%s", (inner, expected) => {
    expect(readHadoopXml(property(inner))).toEqual([expected]);
  });

  it("takes the last of two with one name", () => {
    const two = property("<name>a</name><value>1</value>\n</property><property><name>a</name><value>2</value>");
    expect(readHadoopXml(two)).toEqual([{ name: "a", value: "2", final: false }]);
  });

  it.each([
    ["", undefined, "there is no <configuration>"],
    ["a=b", 1, "here is text between the tags"],
    ["<html>\n</html>", 1, "<html> stands where <configuration> should"],
    ["<configuration>\n<property>", 2, "<property> is not closed"],
    ["<configuration>\n</property>", 2, "</property> closes nothing that is open"],
    ["<configuration/>\n<a/>", 2, "something follows </configuration>"],
    [property("<value>1</value>"), 2, "a property has no name"],
    [property("<name>a<b/></name>"), 3, "<b> is not expected in <name>"],
    [property("<name>a&b</name>"), 3, "< or & stands where it has no meaning"],
    [property("<name>a&auml;</name>"), 3, "there is no &auml;"],
    [property("<name>&#0;</name>"), 3, "there is no &#0;"],
    [
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${property("")}`,
      1,
      "a DTD or an open comment is not read",
    ],
    [property('<xi:include href="x"/>'), 3, "<xi:include> has attributes or a prefix, which are not read"],
  ])("%j: line %s: %s", (text, line, message) => {
    expect(() => readHadoopXml(text)).toThrow(expect.objectContaining({ message, line }));
  });
});

it("escapes what would end a value, and refuses what XML cannot say", () => {
  expect(escapeXml("a<b>&c\r]]>\"'")).toBe("a&lt;b&gt;&amp;c&#13;]]&gt;\"'");
  expect(() => escapeXml("\u0001")).toThrow("XML cannot say");
});
