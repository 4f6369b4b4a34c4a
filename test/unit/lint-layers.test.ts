import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const imports = "eslint(no-restricted-imports)";
const globals = "eslint(no-restricted-globals)";
const properties = "eslint(no-restricted-properties)";
const clock = "sluice(no-current-date)";

/** A file, a line of code in it, and the rule that has to object, if any. */
const cases: readonly (readonly [file: string, code: string, rule?: string])[] = [
  ["src/core/a.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/core/b.ts", 'export { readFile } from "node:fs/promises";', imports],
  ["src/core/c.ts", 'export { hostname } from "node:os";', imports],
  ["src/core/d.ts", 'export { spawn } from "node:child_process";', imports],
  ["src/core/e.ts", 'export { plan } from "../features/kafka.ts";', imports],
  ["src/core/f.ts", 'export { run } from "../cli/run.ts";', imports],
  ["src/core/g.ts", 'export { launch } from "../flink/launch.ts";', imports],
  ["src/core/h.ts", 'export { readFileSync } from "fs";', "unicorn(prefer-node-protocol)"],
  ["src/core/i.ts", 'import { openSecret } from "./secret.ts";\nexport const open = openSecret;', imports],
  ["src/core/j.ts", 'import { Secret } from "./secret.ts";\nexport const open = Secret.open;', properties],
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
  ["src/formats/b.ts", 'export type { Plan } from "../core/plan.ts";', imports],
  ["src/formats/x509/b.ts", 'export type { Plan } from "../../core/plan.ts";', imports],
  [
    "src/formats/x509/fine.ts",
    'export { der } from "./der.ts";\nexport { FormatError } from "../format-error.ts";\nexport type { Text } from "../../core/secret.ts";',
  ],
  ["src/formats/c.ts", 'export { log } from "../shell/log.ts";', imports],
  ["src/formats/d.ts", 'import { randomBytes } from "node:crypto";\nexport const salt = randomBytes(8);', imports],
  [
    "src/formats/e.ts",
    'import { generateKeyPairSync } from "node:crypto";\nexport const make = generateKeyPairSync;',
    imports,
  ],
  ["src/formats/f.ts", 'import { randomUUID } from "node:crypto";\nexport const id = randomUUID();', imports],
  ["src/formats/g.ts", 'import * as all from "node:crypto";\nexport const bytes = all;', imports],
  ["src/formats/h.ts", 'import { openSecret } from "../core/secret.ts";\nexport const open = openSecret;', imports],
  ["src/formats/i.ts", "export const now = () => new Date();", clock],
  [
    "src/formats/fine.ts",
    'export { createHash } from "node:crypto";\nexport { der } from "./der.ts";\nexport type { Text } from "../core/secret.ts";',
  ],
  ["src/flink/a.ts", 'export { log } from "../shell/log.ts";', imports],
  ["src/flink/b.ts", 'export { plan } from "../features/kafka.ts";', imports],
  ["src/flink/c.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/flink/fine.ts", 'export { plan } from "../core/plan.ts";'],
  ["src/tls/a.ts", 'export { log } from "../shell/log.ts";', imports],
  ["src/tls/b.ts", 'export { plan } from "../features/kafka.ts";', imports],
  ["src/tls/c.ts", "export const now = () => new Date();", clock],
  ["src/tls/fine.ts", 'export { plan } from "../core/plan.ts";\nexport { pem } from "../formats/pem.ts";'],
  ["src/kerberos/a.ts", 'export { plan } from "../features/kafka.ts";', imports],
  ["src/kerberos/b.ts", "export const now = () => new Date();", clock],
  ["src/kerberos/fine.ts", 'export { plan } from "../core/plan.ts";\nexport { keytab } from "../formats/keytab.ts";'],
  ["src/preflight/a.ts", 'export { connect } from "node:net";', imports],
  ["src/preflight/b.ts", 'export { openNetwork } from "../shell/network.ts";', imports],
  ["src/preflight/c.ts", 'import { openSecret } from "../core/secret.ts";\nexport const open = openSecret;', imports],
  ["src/preflight/d.ts", 'export { plan } from "../features/kafka.ts";', imports],
  ["src/preflight/e.ts", "export const now = () => Date.now();", properties],
  [
    "src/preflight/fine.ts",
    'export { Network } from "../core/network.ts";\nexport { hasName } from "../tls/host-name.ts";',
  ],
  ["src/templates/a.ts", 'export { check } from "../kerberos/check.ts";', imports],
  ["src/templates/fine.ts", 'export { Secret } from "../core/secret.ts";'],
  ["src/features/a.ts", 'export { log } from "../shell/log.ts";', imports],
  ["src/features/b.ts", 'export { plan } from "./kafka.ts";', imports],
  ["src/features/c.ts", 'export { plan } from "./tls/index.ts";', imports],
  ["src/features/d.ts", 'export { run } from "../cli.ts";', imports],
  ["src/features/e.ts", 'export { statSync } from "node:fs";', imports],
  [
    "src/features/fine.ts",
    'export { plan } from "../core/plan.ts";\nexport { conf } from "../flink/conf.ts";\nexport { layout } from "../tls/layout.ts";',
  ],
  ["src/features/tls/a.ts", 'export { plan } from "../kafka.ts";', imports],
  ["src/features/tls/b.ts", 'export { plan } from "../trust/index.ts";', imports],
  ["src/features/tls/c.ts", 'export { log } from "../../shell/log.ts";', imports],
  ["src/features/tls/d.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/features/tls/fine.ts", 'export { plan } from "../../core/plan.ts";\nexport { pair } from "./pair.ts";'],
  ["src/features/index.ts", 'export { plan } from "./kafka.ts";\nexport { tls } from "./tls/index.ts";'],
  ["src/cli/a.ts", 'export { readFileSync } from "node:fs";', imports],
  ["src/cli/b.ts", 'import { openSecret } from "../core/secret.ts";\nexport const open = openSecret;', imports],
  ["src/cli/fine.ts", 'export { log } from "../shell/log.ts";'],
  ["src/main.ts", 'import process from "node:process";\nexport const home = process.env;', imports],
  ["src/cli/c.ts", 'export { parseArgs } from "node:util";', imports],
  ["src/shell/a.ts", 'console.log("no");', "eslint(no-console)"],
  ["src/shell/b.ts", 'export { execve } from "node:process";', imports],
  [
    "src/shell/fine.ts",
    'import { openSecret } from "../core/secret.ts";\nexport { readFileSync } from "node:fs";\nexport const now = () => new Date();\nexport const open = openSecret;',
  ],
];

describe("the layer rules", () => {
  const root = mkdtempSync(join(tmpdir(), "sluice-layers-"));
  const found = new Map<string, string[]>();

  beforeAll(() => {
    for (const name of ["oxlint.config.ts", "scripts/lint-rules.ts"]) cpSync(name, join(root, name));
    symlinkSync(join(process.cwd(), "node_modules"), join(root, "node_modules"));
    for (const [file, code] of cases) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${code}\n`);
    }
    for (const { code, filename } of lint(root)) found.set(filename, [...(found.get(filename) ?? []), code]);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  for (const [file, code, rule] of cases) {
    it(`${file}: ${code.replaceAll("\n", " ")}`, () => {
      expect(found.get(file) ?? []).toEqual(rule === undefined ? [] : [rule]);
    });
  }
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
