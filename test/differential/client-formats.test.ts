import { writeFileSync } from "node:fs";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { escapePropertyKey, escapePropertyValue, readProperties } from "../../src/formats/java-properties.ts";
import { readHadoopXml } from "../../src/services/hdfs/site/site-file.ts";
import { writeJaasEntry } from "../../src/formats/kerberos/jaas.ts";
import { encryptionTypeName, readKeytab } from "../../src/formats/kerberos/keytab.ts";
import { readKrb5Conf, writeKrb5Conf } from "../../src/formats/kerberos/krb5-conf.ts";
import { escapeXml } from "../../src/formats/xml/text.ts";
import { renderKrb5 } from "../../src/services/kerberos/rendered-krb5.ts";
import { renderTemplate } from "../../src/templates/render.ts";
import { readAsJava, type Reading } from "../support/client-formats-reader.ts";
import { hostileText } from "../support/hostile-text.ts";
import { orSkip } from "../support/jdks.ts";
import { writeKeytab } from "../support/keytabs.ts";
import { onlyFormatErrors } from "../support/only-format-errors.ts";
import { openText } from "../support/open-text.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

/** The same texts in each run: what is compared must not be a matter of luck. */
const texts = [...new Set(fc.sample(hostileText, { seed: 20_261_123, numRuns: 400 }))];
const names = texts.filter((text) => text !== "");

interface Comparison {
  readonly what: string;
  readonly task: readonly string[];
  readonly expected: Reading;
}

const comparisons: Comparison[] = [];

function compare(
  what: string,
  [verb, ...words]: readonly [string, ...string[]],
  bytes: string | Uint8Array,
  expected: Reading,
): void {
  const path = folder.at(`${comparisons.length}`);
  writeFileSync(path, bytes);
  comparisons.push({ what, task: [verb, path, ...words], expected });
}

const byName = ([one = ""]: readonly string[], [other = ""]: readonly string[]) => (one < other ? -1 : 1);

// What we write, as Java reads it.
const pairs = names.map((name, index) => [name, texts.at(-index - 1) ?? ""]);
const lines = pairs.map(([key = "", value = ""]) => ({
  key: escapePropertyKey(key),
  value: escapePropertyValue(value),
}));
const propertiesFile = openText(renderTemplate("client.properties", { prefix: "KAFKA", properties: lines }));
compare("hostile properties", ["properties"], propertiesFile, pairs.toSorted(byName));

const sayable = pairs.filter((pair) => onlyFormatErrors(() => escapeXml(pair.join(""))) !== undefined);
const siteProperties = sayable.map(([name = "", value = ""]) => ({
  name: escapeXml(name),
  value: escapeXml(value),
  isEmpty: false,
  final: false,
}));
const site = openText(renderTemplate("hadoop-site.xml", { properties: siteProperties }));
compare(
  "hostile XML",
  ["xml"],
  site,
  sayable.map((pair) => [...pair, "false"]),
);

// ${…} is expanded by the JDK's file, and not by Kafka's sasl.jaas.config.
const options = Object.fromEntries(
  texts.filter((text) => !text.includes("${")).map((text, index) => [`o${index}`, text]),
);
const entry = writeJaasEntry({ module: "a.b.C", options });
const expectedOptions = Object.entries(options).toSorted(byName);
compare("hostile JAAS options", ["jaas"], `Client { ${entry} };\n`, [["module", "a.b.C"], ...expectedOptions]);

for (const value of [...texts, "RULE:[1:$1@$0](.*)s/@.*//", "a = b", "x # y"]) {
  const relations = [{ name: "two", value: [{ name: "three", value }] }];
  const text = onlyFormatErrors(() => writeKrb5Conf([{ name: "one", relations }]));
  if (text !== undefined)
    compare(`krb5.conf, ${JSON.stringify(value)}`, ["krb5", "one", "two", "three"], text, [[value]]);
}

const rendered = renderKrb5({ realm: "CORP", kdcs: ["a", "b:1088", "LAB=c"], domains: ["corp.example"] }).text ?? [];
compare("a rendered krb5.conf", ["realm", "CORP"], openText(rendered), [["CORP", "a b:1088", "[20, 19, 18, 17]"]]);
compare("another realm of it", ["realm", "LAB"], openText(rendered), [["CORP", "c", "[20, 19, 18, 17]"]]);
compare("its domains", ["krb5", "domain_realm", ".corp.example"], openText(rendered), [["CORP"]]);
compare("its timeout", ["krb5", "libdefaults", "kdc_timeout"], openText(rendered), [["3s"]]);

const keys = [3, 300].flatMap((kvno) =>
  [17, 18, 19, 20].map((encryptionType) => ({ principal: "flink/host@CORP", kvno, encryptionType, hole: 7 })),
);
const keytab = writeKeytab([...keys, { principal: "other@CORP", kvno: 1, encryptionType: 18 }]);
// Newest version first, then in the order of permitted_enctypes, which is that of the numbers backwards.
const ours = readKeytab(keytab)
  .filter(({ principal }) => principal === "flink/host@CORP")
  .toSorted((one, other) => other.kvno - one.kvno || other.encryptionType - one.encryptionType)
  .map(({ kvno, encryptionType }) => [`${kvno}`, `${encryptionType}`]);
compare("a keytab", ["keytab", "flink/host@CORP"], keytab, ours);
compare("a keytab without the principal", ["keytab", "nobody@CORP"], keytab, []);
compare("a keytab with the principal in other case", ["keytab", "Flink/host@CORP"], keytab, ours);

// What others write, as Java and we read it.
const foreign = {
  properties: "a = b\n! c\n\\u0041\\ b:\\\n   two\\\\\n\\=:=\nempty\n x\\ty =z\\\n",
  xml: "<?xml version='1.0'?><!-- c --><configuration><property><name>a</name><value>&#65;<![CDATA[<&]]>&amp; b\r\n</value></property></configuration>",
};
compare(
  "foreign properties",
  ["properties"],
  foreign.properties,
  [...readProperties(foreign.properties)].toSorted(byName),
);
compare(
  "foreign XML",
  ["xml"],
  foreign.xml,
  readHadoopXml(Buffer.from(foreign.xml), () => undefined).properties.map(({ name, value = "" }) => [
    name,
    value,
    "false",
  ]),
);
const braces = "[a]\nb =\n{\n c = \"d e\"\n # no\n ; no\n}\n[a]\nf='g'\n";
compare("foreign krb5.conf", ["krb5", "a", "b", "c"], braces, [["d e"]]);
compare("foreign krb5.conf, quoted", ["krb5", "a", "f"], braces, [["g"]]);

const answers = await orSkip("a JVM's client formats", () => readAsJava(comparisons.map(({ task }) => task)));

describe.runIf(answers !== undefined)("the JDK reads as we do", () => {
  it.each(comparisons.map(({ what, expected }, index) => [what, expected, answers?.[index]] as const))(
    "%s",
    (_what, expected, answer) => {
      expect(answer).toEqual(expected);
    },
  );
});

it("reads the foreign krb5.conf likewise", () => {
  expect(readKrb5Conf(braces, () => [])).toEqual([
    { name: "a", relations: [{ name: "b", value: [{ name: "c", value: "d e", raw: '"d e"' }] }] },
    { name: "a", relations: [{ name: "f", value: "g", raw: "'g'" }] },
  ]);
});

it("names the types of keys as the rendered krb5.conf does", () => {
  const types = /permitted_enctypes = (.*)/.exec(openText(rendered))?.[1]?.split(" ");
  expect(types).toEqual([20, 19, 18, 17].map(encryptionTypeName));
});
