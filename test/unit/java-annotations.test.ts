import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const java = join(import.meta.dirname, "../../java");
const sources = globSync("*/src/{main,flink-*}/java/**/*.java", { cwd: java });

/** A public top-level type, and the lines right above it. */
const publicType = /((?:^@.*\n)*)^public (?:final |abstract |static )*(?:class|interface|enum|@interface) (\w+)/m;

it.each(sources)("%s: a public type says who may rely on it", (path) => {
  const [, annotations, name] = publicType.exec(readFileSync(join(java, path), "utf8")) ?? [];
  if (name === undefined) return;
  expect(annotations).toMatch(/^@(?:Internal|PublicEvolving)$/m);
});
