import * as fc from "fast-check";
import { encode, waysToEncode } from "./site-file-bytes.ts";

/** A folder's files by name; `core-site.xml` is read, and includes others. */
export type SiteFolder = Readonly<Record<string, Uint8Array>>;

const fine = [
  "a",
  "b",
  "c",
  "fs.default.name",
  "fs.defaultFS",
  "topology.script.file.name",
  "net.topology.script.file.name",
];
const name = often(30, fc.constantFrom(...fine), fc.constantFrom("größe", " d ", "\n", ""));
const blank = fc.constantFrom("", "", "", " ", "\n", "\t", "\r\n");
const simple = fc.constantFrom("1", "2", "", " ", "grün", "a b", "a\n\tb", "true", "值", "é€", "x=${y}", "·—");
const text = fc.oneof(
  { weight: 60, arbitrary: simple },
  { weight: 8, arbitrary: simple.map((each) => `<![CDATA[${each}]]>`) },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      "&lt;&amp;&gt;&quot;&apos;",
      "&#65;&#x42;&#13;",
      "1<!-- c -->2",
      "1<?pi x?>2",
      "1<b>2</b>3",
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("&#X41;", "&#0;", "&#xD800;", "&auml;", "a]]>b", "&") },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
);

/** The first, and once in so many times another. */
function often<T>(weight: number, usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other });
}

/** One part after the other, as a text. */
function parts(...all: readonly (fc.Arbitrary<string> | string)[]): fc.Arbitrary<string> {
  const arbitraries = all.map((part) => (typeof part === "string" ? fc.constant(part) : part));
  return fc.tuple(...arbitraries).map((each) => each.join(""));
}

function element(tag: string, content: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return parts(blank, `<${tag}>`, content, `</${tag}>`, blank);
}

const final = element("final", fc.constantFrom("true", "true", "false", " true ", "TRUE", ""));
const child = fc.oneof(
  { weight: 3, arbitrary: element("value", text) },
  { weight: 1, arbitrary: fc.constantFrom("<value/>", "<value></value>") },
  { weight: 2, arbitrary: final },
  { weight: 1, arbitrary: element("description", text) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "<source>s</source>",
      "<tag>A,B</tag>",
      "text",
      "<x:value xmlns:x='u'>9</x:value>",
      "<值/>",
    ),
  },
);
const attribute = often(
  20,
  fc.oneof(
    parts(
      fc.constantFrom(" ", "\n "),
      fc.constantFrom("name", "value", "final", "xml:lang", "größe"),
      blank,
      "=",
      blank,
      '"',
      often(20, simple, text),
      '"',
    ),
    fc.constantFrom(
      " xmlns:x='u' x:value='9'",
      " xmlns='u'",
      " name='a'",
      ' name="b" value=""',
      ' name="c" value="x" final="true"',
    ),
  ),
  fc.constantFrom(
    " xmlns:x=''",
    " x:value='1'",
    "name='a'",
    " name=a",
    ' value="<"',
    " name='a' name='b'",
    " xmlns:x='u' xmlns:y='u' x:a='' y:a=''",
  ),
);
const attributes = fc.array(attribute, { maxLength: 2 }).map((all) => all.join(""));
const property = fc.oneof(
  {
    weight: 6,
    arbitrary: parts(
      "<property>",
      element("name", name),
      fc.array(child, { maxLength: 3 }).map((all) => all.join("")),
      "</property>",
    ),
  },
  {
    weight: 2,
    arbitrary: parts(
      "<property",
      attributes,
      fc.constantFrom("/>", "><value>1</value></property>", "><name>a</name></property>"),
    ),
  },
  { weight: 1, arbitrary: parts("<property>", element("value", text), "</property>") },
);
const missing = fc.constantFrom("missing.xml", "sub/missing.xml", "core-site.xml/x", "x:y.xml");
const include = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .constantFrom("m.xml", "sub/n.xml", "./m.xml", "sub/../m.xml")
      .map((href) => `<xi:include href="${href}"/>`),
  },
  {
    weight: 6,
    arbitrary: parts('<xi:include href="', missing, '"><xi:fallback>', property, "</xi:fallback></xi:include>"),
  },
  { weight: 6, arbitrary: parts('<xi:include href="m.xml"><xi:fallback>', property, "</xi:fallback></xi:include>") },
  { weight: 3, arbitrary: fc.constantFrom("<include href='m.xml'/>", "<xi:include/>", "<xi:fallback/>") },
  { weight: 1, arbitrary: parts('<xi:include href="', missing, '"/>') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "<xi:include href=''/>",
      "<xi:include href='sub'/>",
      "<xi:include href='core-site.xml'/>",
    ),
  },
);
const entry = fc.oneof(
  { weight: 40, arbitrary: property },
  { weight: 4, arbitrary: include },
  { weight: 3, arbitrary: parts("<configuration>", property, "</configuration>") },
  { weight: 4, arbitrary: fc.constantFrom("<!-- c -->", "<!---->", "<?pi?>", "text", "<![CDATA[x]]>", "<group/>") },
  { weight: 1, arbitrary: fc.constantFrom("<!-- a -- b -->", "<!-- c --->", "<?xml?>", "<a:b/>", "</configuration>") },
);
const prolog = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.constantFrom("", "", "<!-- c -->\n", "<?xml-stylesheet type='text/xsl' href='configuration.xsl'?>\n"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "\n",
      "text",
      "<!DOCTYPE configuration>",
      "<!DOCTYPE c [<!ENTITY e 'x'>]>",
      "<![CDATA[]]>",
      "\n<?xml version='1.0'?>",
    ),
  },
);
const xi = ' xmlns:xi="http://www.w3.org/2001/XInclude"';
const root = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.constantFrom(
      [`<configuration  xmlns='u'\n${xi}>`, "</configuration>"],
      [`<configuration ${xi} >`, "</configuration >"],
      [`<configuration${xi}>`, "</configuration>\n<!-- end -->\n"],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ["<html>", "</html>"],
      ["<configuration>", "</configuration>x"],
      ["<configuration>", "</configuration><a/>"],
      ["<configuration>", "</Configuration>"],
      [`<x:configuration xmlns:x="u"${xi}>`, "</x:configuration>"],
      ["", ""],
    ),
  },
);
const document = fc
  .tuple(prolog, root, fc.array(parts(blank, entry), { maxLength: 6 }))
  .map(([before, [open = "", close = ""], entries]) => before + open + entries.join("") + close);

/** One character is lost, doubled, or another: most of what is not well-formed. */
const damaged = fc
  .tuple(document, fc.nat(), fc.constantFrom("", "<", ">", "&", '"', "'", "/", " ", "-", "\0", "￾", "x"))
  .map(([whole, at, with_]) => {
    const index = whole === "" ? 0 : at % whole.length;
    return whole.slice(0, index) + with_ + whole.slice(index + 1);
  });

const declaration = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom('<?xml version="1.0"E?>\n', "<?xml version='1.0'\nE standalone='no' ?>\r\n"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<?xml version="1.1"E?>',
      "<?xmlE?>",
      '<?xml version="1.0" standalone="no"E?>',
      '<?XML version="1.0"?>',
    ),
  },
);

const file = fc
  .tuple(often(9, document, damaged), fc.constantFrom(...waysToEncode), fc.nat(), declaration, fc.boolean())
  .map(([whole, how, choice, declared, isDeclared]) => encode(whole, { how, choice, declared, isDeclared }));

/** Folders with a core-site.xml, and two files that it may include: most are as people write them, some are wrong in one thing. */
export const siteFolder: fc.Arbitrary<SiteFolder> = fc.record({
  "core-site.xml": file,
  "m.xml": file,
  "sub/n.xml": file,
});
