import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chart, environments } from "./programs.ts";

const folder = join(chart, "templates");
const templates = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
const manifests = templates.filter(({ name }) => name.endsWith(".yaml"));
const values = ["", ...environments].map((environment) => {
  const name = environment === "" ? "values.yaml" : `values-${environment}.yaml`;
  return { name, text: readFileSync(join(chart, name), "utf8") };
});

describe.each(manifests)("$name", ({ name, text }) => {
  it("has objects of one kind, after which it is named", () => {
    const kinds = new Set([...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind = ""]) => kind.toLowerCase()));
    const [kind = "", ...others] = kinds;
    expect(others).toEqual([]);
    expect([kind, pluralOf(kind)]).toContain(/(?:^|-)(\w+)\.yaml$/.exec(name)?.[1]);
  });

  it("defines no named template", () => {
    expect(text).not.toMatch(/\{\{-? *define /);
  });
});

describe.each([...templates.filter(({ name }) => name !== "NOTES.txt"), ...values])("$name", ({ text }) => {
  it("is in block style", () => {
    expect(flowLines(text)).toEqual([]);
  });
});

/** Lines with a collection in flow style, {} and [] aside. What templates do and text in quotes are left out. */
function flowLines(text: string): readonly string[] {
  const plain = text.replaceAll(/\{\{[^]*?\}\}/g, (action) => (json.test(action) ? "{ json }" : "text"));
  return plain
    .replaceAll(/"[^"\n]*"/g, "text")
    .split("\n")
    .filter((line) => flow.test(line));
}

/** An action that prints JSON, which is flow style. One that assigns a variable prints nothing. */
const json = /^\{\{-? (?!\$\w+ :=|\/\*)[^]*\btoJson\b/;
const flow = /^ *(?:- )*(?:[\w./-]+: )?(?:\{ *[^}\s]|\[ *[^\]\s])/;

function pluralOf(kind: string): string {
  return kind.endsWith("y") ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
