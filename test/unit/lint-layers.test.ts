import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forbidden, layers } from "../../scripts/layers.ts";

const imports = "eslint(no-restricted-imports)";
const globals = "eslint(no-restricted-globals)";
const properties = "eslint(no-restricted-properties)";
const clock = "sluice(no-current-date)";
const layering = "sluice(layers)";

/** A file, a line of code in it, and the rule that has to object, if any. */
const cases: readonly (readonly [file: string, code: string, rule?: string])[] = [
  ["src/core/a.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/core/b.ts", 'export { readFile } from "node:fs/promises";', imports],
  ["src/core/c.ts", 'export { hostname } from "node:os";', imports],
  ["src/core/d.ts", 'export { spawn } from "node:child_process";', imports],
  ["src/core/h.ts", 'export { readFileSync } from "fs";', "unicorn(prefer-node-protocol)"],
  ["src/core/i.ts", 'import { openSecret } from "../secret.ts";\nexport const open = openSecret;', imports],
  ["src/core/j.ts", 'import { Secret } from "../secret.ts";\nexport const open = Secret.open;', properties],
  ["src/core/k.ts", "export const now = () => new Date();", clock],
  ["src/core/l.ts", "export const now = () => Date.now();", properties],
  ["src/core/m.ts", "export const any = () => Math.random();", properties],
  ["src/core/n.ts", "export const home = process.env;", globals],
  ["src/core/o.ts", 'import process from "node:process";\nexport const home = process.env;', imports],
  ["src/core/p.ts", "export const bytes = crypto.getRandomValues(new Uint8Array(1));", globals],
  ["src/core/q.ts", "export const now = () => performance.now();", globals],
  ["src/core/r.ts", 'export const fs = import("node:fs");', imports],
  ["src/core/fine.ts", 'export { pem } from "../formats/pem.ts";\nexport const epoch = new Date(0);'],
  ["src/formats/a.ts", 'export { connect } from "node:net";', imports],
  [
    "src/formats/x509/fine.ts",
    'export { der } from "./der.ts";\nexport { FormatError } from "../format-error.ts";\nexport type { Text } from "../../secret.ts";',
  ],
  ["src/formats/d.ts", 'import { randomBytes } from "node:crypto";\nexport const salt = randomBytes(8);', imports],
  [
    "src/formats/e.ts",
    'import { generateKeyPairSync } from "node:crypto";\nexport const make = generateKeyPairSync;',
    imports,
  ],
  ["src/formats/f.ts", 'import { randomUUID } from "node:crypto";\nexport const id = randomUUID();', imports],
  ["src/formats/g.ts", 'import * as all from "node:crypto";\nexport const bytes = all;', imports],
  ["src/formats/h.ts", 'import { openSecret } from "../secret.ts";\nexport const open = openSecret;', imports],
  ["src/formats/i.ts", "export const now = () => new Date();", clock],
  [
    "src/formats/fine.ts",
    'export { createHash } from "node:crypto";\nexport { der } from "./der.ts";\nexport type { Text } from "../secret.ts";',
  ],
  ["src/flink/c.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/flink/fine.ts", 'export { plan } from "../core/plan.ts";'],
  ["src/tls/c.ts", "export const now = () => new Date();", clock],
  ["src/tls/fine.ts", 'export { plan } from "../core/plan.ts";\nexport { pem } from "../formats/pem.ts";'],
  ["src/keytabs/b.ts", "export const now = () => new Date();", clock],
  ["src/keytabs/fine.ts", 'export { plan } from "../core/plan.ts";\nexport { keytab } from "../formats/keytab.ts";'],
  ["src/preflight/a.ts", 'export { connect } from "node:net";', imports],
  ["src/preflight/c.ts", 'import { openSecret } from "../secret.ts";\nexport const open = openSecret;', imports],
  ["src/preflight/e.ts", "export const now = () => Date.now();", properties],
  [
    "src/preflight/fine.ts",
    'export { Network } from "../core/network.ts";\nexport { hasName } from "../tls/host-name.ts";',
  ],
  ["src/templates/fine.ts", 'export { Secret } from "../secret.ts";'],
  ["src/features/b.ts", 'export { plan } from "./kafka.ts";', layering],
  ["src/features/c.ts", 'export { plan } from "./tls/index.ts";', layering],
  ["src/features/e.ts", 'export { statSync } from "node:fs";', imports],
  [
    "src/features/fine.ts",
    'export { plan } from "../core/plan.ts";\nexport { conf } from "../flink/conf.ts";\nexport { layout } from "../tls/layout.ts";',
  ],
  ["src/features/tls/a.ts", 'export { plan } from "../kafka.ts";', layering],
  ["src/features/tls/b.ts", 'export { plan } from "../trust/index.ts";', layering],
  ["src/features/tls/d.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/features/tls/fine.ts", 'export { plan } from "../../core/plan.ts";\nexport { pair } from "./pair.ts";'],
  ["src/features/index.ts", 'export { plan } from "./kafka.ts";\nexport { tls } from "./tls/index.ts";'],
  ["src/services/kafka/a.ts", 'export { plan } from "../hdfs/index.ts";', layering],
  ["src/services/kafka/b.ts", 'export { connect } from "node:net";', imports],
  ["src/services/kafka/c.ts", "export const now = () => new Date();", clock],
  [
    "src/services/kafka/probe/fine.ts",
    'export { plan } from "../index.ts";\nexport { plan as other } from "../../../core/plan.ts";',
  ],
  ["src/cli/a.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/cli/b.ts", 'import { openSecret } from "../secret.ts";\nexport const open = openSecret;', imports],
  ["src/cli/fine.ts", 'export { log } from "../shell/log.ts";'],
  ["src/main.ts", 'import process from "node:process";\nexport const home = process.env;', imports],
  ["src/cli/c.ts", 'export { parseArgs } from "node:util";', imports],
  ["src/shell/a.ts", 'console.log("no");', "eslint(no-console)"],
  ["src/shell/b.ts", 'export { execve } from "node:process";', imports],
  [
    "src/shell/fine.ts",
    'import { openSecret } from "../secret.ts";\nexport { readFileSync } from "node:fs";\nexport const now = () => new Date();\nexport const open = openSecret;',
  ],
];

const folderOf = (layer: string) => (layer.endsWith(".ts") ? "" : `${layer}/`);

/** An import from each layer of each other one. */
const pairs = Object.keys(layers).flatMap((from) =>
  Object.keys(layers)
    .filter((to) => to !== from)
    .map((to) => {
      const file = layerFile(from, to);
      const up = folderOf(from) === "" ? "./" : "../";
      const target = folderOf(to) === "" ? to : `${to}/some.ts`;
      return {
        from,
        to,
        file,
        code: `export { some } from "${up}${target}";`,
        isAllowed: layers[from]?.includes(to) === true,
      };
    }),
);

/** Files of one name are one layer each, so that these stand in folders of their own. */
function layerFile(from: string, to: string): string {
  return folderOf(from) === "" ? `src/${from}` : `src/${from}/imports-${to.replaceAll(".", "-")}.ts`;
}

describe("the layer rules", () => {
  const root = mkdtempSync(join(tmpdir(), "sluice-layers-"));
  const found = new Map<string, string[]>();

  beforeAll(() => {
    for (const name of ["oxlint.config.ts", "scripts/lint-rules.ts", "scripts/layers.ts"])
      cpSync(name, join(root, name));
    symlinkSync(join(process.cwd(), "node_modules"), join(root, "node_modules"));
    for (const [file, code] of cases) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${code}\n`);
    }
    for (const { file, code } of pairs.filter(({ from }) => folderOf(from) !== "")) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${code}\n`);
    }
    for (const { code, filename } of lint(root)) found.set(filename, [...(found.get(filename) ?? []), code]);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  for (const { from, file, code, isAllowed } of pairs) {
    if (folderOf(from) === "") continue;
    it(`${file}: ${code}`, () => {
      expect(found.get(file) ?? []).toEqual(isAllowed ? [] : [layering]);
    });
  }

  for (const [file, code, rule] of cases) {
    it(`${file}: ${code.replaceAll("\n", " ")}`, () => {
      expect(found.get(file) ?? []).toEqual(rule === undefined ? [] : [rule]);
    });
  }
});

describe("an import from one layer of another", () => {
  it.each(pairs)("$from of $to: $isAllowed", ({ from, to, isAllowed }) => {
    expect(
      forbidden(
        `${folderOf(from)}${folderOf(from) === "" ? from : "some.ts"}`,
        folderOf(to) === "" ? to : `${to}/some.ts`,
      ) === undefined,
    ).toBe(isAllowed);
  });

  it("is in the table of docs/architecture.md", () => {
    const text = readFileSync("docs/architecture.md", "utf8");
    const rows = [...text.matchAll(/^\| `src\/([\w.]+)` \| ([^|]*) \|/gm)].map(([, layer = "", list = ""]) => [
      layer,
      list.trim() === "nothing of ours" ? [] : list.trim().split(", "),
    ]);
    expect(Object.fromEntries(rows)).toEqual(layers);
  });
});

interface Finding {
  readonly code: string;
  readonly filename: string;
}

function lint(folder: string): readonly Finding[] {
  const oxlint = join(process.cwd(), "node_modules/oxlint/bin/oxlint");
  const script = `"${process.execPath}" "${oxlint}" --format json src || true`;
  const output = execFileSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
  return (JSON.parse(output) as { diagnostics: readonly Finding[] }).diagnostics;
}
