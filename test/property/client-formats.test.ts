import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeXml } from "../../src/formats/xml/text.ts";
import { readHadoopXml } from "../../src/services/hdfs/site/site-file.ts";
import { escapePropertyKey, escapePropertyValue, readProperties } from "../../src/formats/java-properties.ts";
import { readKeytab } from "../../src/formats/kerberos/keytab.ts";
import {
  type Krb5Relation,
  type Krb5Section,
  readKrb5Conf,
  writeKrb5Conf,
} from "../../src/formats/kerberos/krb5-conf.ts";
import { renderTemplate } from "../../src/templates/render.ts";
import { hostileText } from "../support/hostile-text.ts";
import { writeKeytab } from "../support/keytabs.ts";
import { onlyFormatErrors } from "../support/only-format-errors.ts";
import { openText } from "../support/open-text.ts";

const name = hostileText.filter((text) => text !== "");
const noIncludes = () => [];

/** Whether nothing but a FormatError, or nothing at all, is thrown. */
function holds<T>(property: fc.IProperty<T>): boolean {
  fc.assert(property);
  return true;
}

describe("client.properties", () => {
  it("gives back every key and value, in ASCII and a line each", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, hostileText), { selector: ([key]) => key }), (pairs) => {
        const properties = pairs.map(([key, value]) => ({
          key: escapePropertyKey(key),
          value: escapePropertyValue(value),
        }));
        const text = openText(renderTemplate("client.properties", { prefix: "KAFKA", properties }));
        expect(text).toMatch(/^[\n -~]*$/);
        expect(text.split("\n")).toHaveLength(pairs.length + 2);
        expect([...readProperties(text)]).toEqual(pairs);
      }),
    );
  });

  it("reads any text, or says what is wrong with it", () => {
    expect(holds(fc.property(hostileText, (text) => void onlyFormatErrors(() => readProperties(text))))).toBe(true);
  });
});

describe("hadoop-site.xml", () => {
  const properties = fc.uniqueArray(fc.record({ name, value: hostileText, final: fc.boolean() }), {
    selector: (property) => property.name.trim(),
  });

  it("gives back every property that XML can say", () => {
    fc.assert(
      fc.property(properties, (all) => {
        const sayable = all.filter(
          (each) =>
            each.name.trim() === each.name && onlyFormatErrors(() => escapeXml(each.name + each.value)) !== undefined,
        );
        const escaped = sayable.map(({ final, ...each }) => {
          return { name: escapeXml(each.name), value: escapeXml(each.value), isEmpty: each.value === "", final };
        });
        const text = openText(renderTemplate("hadoop-site.xml", { properties: escaped }));
        expect(readHadoopXml(Buffer.from(text), () => undefined).properties).toEqual(sayable);
      }),
    );
  });

  it("reads any text, or says what is wrong with it", () => {
    const piece = fc.oneof(
      hostileText,
      fc.constantFrom("<configuration>", "<property>", "<name>", "<value>", "</property>", "</name>", "<value/>"),
    );
    expect(
      holds(
        fc.property(
          fc.array(piece),
          (parts) => void onlyFormatErrors(() => readHadoopXml(Buffer.from(parts.join("")), () => undefined)),
        ),
      ),
    ).toBe(true);
  });
});

describe("krb5.conf", () => {
  const plain = (text: string): string => text.replaceAll(/[^\w.-]/g, "") || "x";
  const { relations } = fc.letrec<{ relations: Krb5Relation[]; value: Krb5Relation["value"] }>((tie) => ({
    relations: fc.uniqueArray(fc.record({ name, value: tie("value") }), {
      maxLength: 4,
      selector: (each) => plain(each.name),
    }),
    value: fc.oneof({ maxDepth: 2, withCrossShrink: true }, hostileText, tie("relations")),
  }));
  const sections = fc.uniqueArray(fc.record({ name, relations }), {
    maxLength: 4,
    selector: (each) => plain(each.name),
  });
  const tame = ({ name: own, value }: Krb5Relation): Krb5Relation => ({
    name: plain(own),
    value: typeof value === "string" ? (onlyFormatErrors(() => written(value)) ?? plain(value)) : value.map(tame),
  });
  const written = (value: string): string => {
    writeKrb5Conf([{ name: "s", relations: [{ name: "n", value }] }]);
    return value;
  };

  it("gives back what it can say", () => {
    fc.assert(
      fc.property(sections, (all) => {
        const sayable = all.map((section) => ({ name: plain(section.name), relations: section.relations.map(tame) }));
        expect(withoutRaw(readKrb5Conf(writeKrb5Conf(sayable), noIncludes))).toEqual(sayable);
      }),
    );
  });

  it("writes what was read as it was read, however often", () => {
    const line = fc.oneof(
      fc.constantFrom("[a]", "[b]*", "x = {", "}", "y* =  ' a' ", "z =", "# c"),
      hostileText.map((text) => `n = ${text}`),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const first = onlyFormatErrors(() => readKrb5Conf(["[s]", ...lines].join("\n"), noIncludes));
        if (first === undefined) return;
        const text = writeKrb5Conf(first);
        expect(writeKrb5Conf(readKrb5Conf(text, noIncludes))).toBe(text);
      }),
    );
  });

  it("either says a value or refuses it: nothing comes back as something else", () => {
    fc.assert(
      fc.property(sections, (all) => {
        const text = onlyFormatErrors(() => writeKrb5Conf(all));
        expect(text === undefined ? all : withoutRaw(readKrb5Conf(text, noIncludes))).toEqual(all);
      }),
    );
  });

  it("reads any text, or says what is wrong with it", () => {
    const line = fc.oneof(hostileText, fc.constantFrom("[a]", "b = c", "d = {", "}", "include /x", "includedir /y"));
    expect(
      holds(
        fc.property(fc.array(line), (lines) => void onlyFormatErrors(() => readKrb5Conf(lines.join("\n"), noIncludes))),
      ),
    ).toBe(true);
  });
});

describe("keytab", () => {
  const component = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => text.replaceAll(/[/@]/g, "-"));
  const key = fc.record({
    principal: fc
      .tuple(fc.array(component, { minLength: 1, maxLength: 3 }), component)
      .map(([components, realm]) => `${components.join("/")}@${realm}`),
    kvno: fc.nat({ max: 0xffff }),
    encryptionType: fc.constantFrom(17, 18, 19, 20, 23, 99),
    written: fc.nat(),
    hole: fc.nat({ max: 50 }),
  });

  const keySizes: Readonly<Record<number, number>> = { 17: 16, 18: 32, 19: 16, 20: 32, 23: 16 };

  it("gives back every key's name, version and type", () => {
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const entries = readKeytab(writeKeytab(keys));
        expect(entries).toEqual(
          keys.map(({ principal, kvno, encryptionType, written }) => ({
            principal,
            realm: principal.slice(principal.lastIndexOf("@") + 1),
            kvno,
            encryptionType,
            keySize: keySizes[encryptionType] ?? 8,
            written: new Date(written * 1000),
          })),
        );
      }),
    );
  });

  it("takes the short version number where there is no long one", () => {
    const keytab = writeKeytab([{ principal: "flink@CORP", kvno: 258, encryptionType: 18, shortKvnoOnly: true }]);
    expect(readKeytab(keytab).map(({ kvno }) => kvno)).toEqual([2]);
  });

  it("reads any bytes, or says what is wrong with them", () => {
    const whole = writeKeytab([{ principal: "flink@CORP", kvno: 1, encryptionType: 18, hole: 8 }]);
    expect(
      holds(
        fc.property(
          fc.nat({ max: whole.length }),
          fc.nat({ max: whole.length - 1 }),
          fc.nat({ max: 255 }),
          (end, at, byte) => {
            const damaged = Buffer.from(whole);
            damaged[at] = byte;
            onlyFormatErrors(() => readKeytab(damaged.subarray(0, end)));
          },
        ),
      ),
    ).toBe(true);
    expect(holds(fc.property(fc.uint8Array(), (bytes) => void onlyFormatErrors(() => readKeytab(bytes))))).toBe(true);
  });
});

/** Sections as they are when nobody asks how a value was quoted. */
function withoutRaw(sections: readonly Krb5Section[]): unknown {
  return JSON.parse(JSON.stringify(sections, (key, value: unknown) => (key === "raw" ? undefined : value)));
}
