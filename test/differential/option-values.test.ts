import { globSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { options } from "../../scripts/generate-option-keys.ts";
import { outOfRange } from "../../src/flink/option-ranges.ts";
import { optionType, wrongValue } from "../../src/flink/option-values.ts";
import { flinkHome } from "../support/flink-home.ts";
import { flinkVersions } from "../support/flink-versions.ts";

const isFull = process.env["SLUICE_TEST_FULL"] === "1";

const types = ["integer", "long", "float", "double", "boolean", "duration", "memorysize", "enum:YES,NO,NOT_YET"];
const structures = ["list:string", "list:enum:YES,NO,NOT_YET", "map", "list:map"];

/** Numbers near the ends of Java's types, as people and machines write them. */
const number = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 1_000_000 }).map(String) },
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }).map(String),
  fc.constantFrom(
    ..."0 -0 +1 007 2147483647 2147483648 -2147483648 -2147483649 9223372036854775807 9223372036854775808".split(" "),
  ),
  fc.constantFrom(
    ..."-9223372036854775808 106751991167300 9223372036854775 1e3 1.5 .5 5. 1d 1f 0x1p3 0x.8p1 NaN -Infinity ١٢ 1_000 1,5".split(
      " ",
    ),
  ),
  fc.double().map(String),
);
const unit = fc.constantFrom(
  ..."s ms min m h d ns µs us sec secs minutes Days MS kb KB k mb m g gb t tb bytes kibibytes b % w".split(" "),
  "",
);
const blank = fc.constantFrom("", "", "", " ", "  ", "\t", "\u00a0");
const word = fc.constantFrom(
  ..."true false TRUE False yes on 1 YES no Not_Yet not-yet NOT_YET null EXACTLY-ONCE ß ı".split(" "),
  "",
);
const value = fc.oneof(
  fc.tuple(blank, number, blank, unit, blank).map((parts) => parts.join("")),
  fc.tuple(blank, word, blank).map((parts) => parts.join("")),
  fc.string({ maxLength: 6 }),
);
const values = [...new Set(fc.sample(value, { seed: 5, numRuns: isFull ? 6000 : 500 }))];

const structured = [
  "a;b",
  "a;'b",
  '"a"b',
  "[a, b]",
  "[a",
  "a:b",
  "a:1,b:2",
  "a:1,a:2",
  "a:1;b:2",
  "a:b:c",
  "{a: b}",
  "[{a: b}]",
  "a: b",
];

/** Texts for an option of a type: its constants in several ways of writing, else numbers with and without units. */
function textsFor(type: string): readonly string[] {
  const constants = type.includes("enum:") ? type.replace(/^.*enum:/, "").split(",") : [];
  const written = constants.flatMap((name) =>
    [name, name.toLowerCase(), name.replaceAll("_", "-"), name.replaceAll("_", " ")].flatMap((each) => [
      each,
      ` ${each}`,
    ]),
  );
  return [
    ...new Set([
      ...written,
      ...structured,
      ..."1 -1 0 2147483648 1.5 true TRUE yes 10s 10 10mb none soon".split(" "),
      "10 min",
    ]),
  ];
}

const piece = fc.constantFrom(...'a b yes NO \'q\' "q" \'q "" [ ] { } : , ; - 1'.split(" "), " ", ": ");
const structuredValue = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(""));
const structuredValues = [...new Set(fc.sample(structuredValue, { seed: 7, numRuns: isFull ? 6000 : 500 }))];

const portNumber = fc.oneof(
  fc.integer({ min: -2, max: 70_000 }).map(String),
  fc.constantFrom(..."0 65535 65536 +1 -1 007 1.5 port 123456789012".split(" "), ""),
);
const portRange = fc.tuple(blank, portNumber, blank, fc.constantFrom("-", "-", ":"), blank, portNumber, blank);
const portItem = fc.oneof(
  portNumber,
  fc.tuple(fc.nat({ max: 65_535 }), fc.nat({ max: 65_535 })).map((ends) => ends.join("-")),
  portRange.map((parts) => parts.join("")),
);
const portList = fc.array(portItem, { minLength: 1, maxLength: 3 });
const ports = [
  ...new Set(fc.sample(portList, { seed: 6, numRuns: isFull ? 20_000 : 2000 }).map((items) => items.join(","))),
];

const tasks = [
  ...types.flatMap((type) => values.map((text) => ({ type, text }))),
  ...structures.flatMap((type) => structuredValues.map((text) => ({ type, text }))),
];

/** A type, `ports` or `class#key`, and a text. */
interface Task {
  readonly type: string;
  readonly text: string;
}

async function askFlink(version: string, questions: readonly Task[]): Promise<readonly string[]> {
  const home = await flinkHome(version);
  const classPath = [
    join(home, "lib", "*"),
    ...globSync("opt/flink-python-*.jar", { cwd: home }).map((jar) => join(home, jar)),
  ];
  const source = join(import.meta.dirname, "../support/java/OptionValues.java");
  const input = questions.map(({ type, text }) => `${type} ${Buffer.from(text).toString("base64")}`).join("\n");
  const { stdout } = await execa("java", ["-Dfile.encoding=UTF-8", "-cp", classPath.join(":"), source], {
    input,
    maxBuffer: 1 << 28,
  });
  return stdout.split("\n");
}

describe.each(isFull ? [...flinkVersions, "2.2.1"] : flinkVersions)("the values of options", (version) => {
  it(`are right where Flink ${version} converts them`, async () => {
    const answers = await askFlink(version, tasks);
    const wrong = tasks.filter(
      ({ type, text }, index) => (wrongValue(type, text, version) === undefined) !== (answers[index] === "true"),
    );
    expect(answers).toHaveLength(tasks.length);
    expect(answers.filter((answer) => answer === "true").length).toBeGreaterThan(tasks.length / 50);
    expect(wrong.slice(0, 10)).toEqual([]);
  }, 120_000);

  it(`are right for each option of Flink ${version}`, async () => {
    const all = (await options(await flinkHome(version)))
      .map((option) => ({ ...option, key: option.key.replace(/\.\*$/, "") }))
      .filter(({ key }) => optionType(key, version) !== undefined);
    const each = all.flatMap(({ owner, key, type }) =>
      textsFor(type).map((text) => ({ key, type: `${owner}#${key}`, text })),
    );
    const answers = await askFlink(version, each);
    const wrong = each.filter(
      ({ key, text }, index) =>
        (wrongValue(optionType(key, version) ?? "", text, version) === undefined) !== (answers[index] === "true"),
    );
    expect(answers).toHaveLength(each.length);
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(new Set(all.map(({ key }) => key)).size).toBeGreaterThan(600);
  }, 120_000);

  it(`are right where Flink ${version} reads ports`, async () => {
    const each = ports.map((text) => ({ type: "ports", text }));
    const answers = await askFlink(version, each);
    const wrong = each.filter(
      ({ text }, index) => (outOfRange("rest.bind-port", text) === undefined) !== (answers[index] === "true"),
    );
    expect(answers).toHaveLength(each.length);
    expect(wrong.slice(0, 10)).toEqual([]);
  }, 120_000);
});
