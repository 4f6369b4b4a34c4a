import { join } from "node:path";
import { execa } from "execa";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrongValue } from "../../src/flink/option-values.ts";
import { flinkHome } from "../support/flink-home.ts";
import { flinkVersions } from "../support/flink-versions.ts";

const isFull = process.env["SLUICE_TEST_FULL"] === "1";

const types = ["integer", "long", "float", "double", "boolean", "duration", "memorysize", "enum:YES,NO,NOT_YET"];

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
const tasks = types.flatMap((type) => values.map((text) => ({ type, text })));

async function askFlink(version: string): Promise<readonly string[]> {
  const classPath = join(await flinkHome(version), "lib", `flink-dist-${version}.jar`);
  const source = join(import.meta.dirname, "../support/java/OptionValues.java");
  const input = tasks.map(({ type, text }) => `${type} ${Buffer.from(text).toString("base64")}`).join("\n");
  const { stdout } = await execa("java", ["-Dfile.encoding=UTF-8", "-cp", classPath, source], {
    input,
    maxBuffer: 1 << 28,
  });
  return stdout.split("\n");
}

describe.each(flinkVersions)("the values of options", (version) => {
  it(`are right where Flink ${version} converts them`, async () => {
    const answers = await askFlink(version);
    const wrong = tasks.filter(
      ({ type, text }, index) => (wrongValue(type, text, version) === undefined) !== (answers[index] === "true"),
    );
    expect(answers).toHaveLength(tasks.length);
    expect(answers.filter((answer) => answer === "true").length).toBeGreaterThan(tasks.length / 50);
    expect(wrong.slice(0, 10)).toEqual([]);
  }, 120_000);
});
