// npm test [-- file ...]: lint, then every test that needs no server. --full runs every case and version; --suite NAME runs only
// one group: the fast tests, or those of what needs more: the image, the services, the pipeline, or Kubernetes. The last line is the total.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startVitest, type TestCase, type Vitest } from "vitest/node";
import { lint } from "./lint.ts";

interface Total {
  passed: number;
  failed: number;
  skipped: number;
}

const options = { full: { type: "boolean", default: false }, suite: { type: "string" } } as const;
const { values, positionals: files } = parseArgs({ options, allowPositionals: true });
if (values.full) process.env["SLUICE_TEST_FULL"] = "1";
const skipFails = process.env["CI"] === "true";

// Whatever a test that is interrupted leaves, it leaves in here.
const temporary = mkdtempSync(join(tmpdir(), "sluice-"));
chmodSync(temporary, 0o1777);
process.env["TMPDIR"] = temporary;
process.on("exit", () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.prependOnceListener(signal, () => {
    // The JVMs of the tests got the signal too, and write files until they have ended.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
    process.exit(code);
  });
}

const total: Total = { passed: 0, failed: 0, skipped: 0 };
if (files.length === 0 && values.suite === undefined) {
  const { passed, failed } = await lint();
  total.passed += passed;
  total.failed += failed;
}

/** Names of tests by their file and the reason why they were skipped. */
const skips = new Map<string, readonly string[]>();
/** A line for each test that has failed. */
const failures: string[] = [];
const project = values.suite === undefined ? ["fast", "processes", "e2e"] : [values.suite];
// On a cluster or server that is broken each test would wait as long as it may, all together for hours.
const bail = values.suite !== undefined && skipFails ? 2 : 0;
const vitest = await startVitest("test", files, { run: true, watch: false, reporters: ["default"], project, bail });
count(vitest);
await vitest.close();
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
for (const [why, names] of skips) {
  process.stdout.write(`skipped: ${why}: ${names.length > 3 ? `${names.length} tests` : names.join(", ")}\n`);
}

if (skipFails) {
  total.failed += total.skipped;
  total.skipped = 0;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed > 0 ? 1 : 0);

function count({ state }: Vitest): void {
  for (const module of state.getTestModules()) {
    countErrors(module.errors(), module.relativeModuleId);
    for (const suite of module.children.allSuites())
      countErrors(suite.errors(), `${module.relativeModuleId} > ${suite.fullName}`);
    for (const test of module.children.allTests()) countTest(test, module.relativeModuleId);
  }
  countErrors(state.getUnhandledErrors() as readonly Error[], "outside of tests");
  if (state.getTestModules().length === 0) {
    process.stdout.write(`no test file matches ${files.join(" ")}\n`);
    total.failed += 1;
  }
}

function countErrors(errors: readonly { readonly message: string }[], where: string): void {
  for (const error of errors) countFailure(where, error);
}

function countFailure(where: string, error?: { readonly message: string }): void {
  total.failed += 1;
  failures.push(`${where}: ${error?.message.split("\n", 1)[0] ?? "no error given"}`);
}

function countTest(test: TestCase, file: string): void {
  const result = test.result();
  if (result.state === "passed") total.passed += 1;
  else if (result.state === "failed") countFailure(`${file} > ${test.fullName}`, result.errors[0]);
  else {
    total.skipped += 1;
    const reason = result.state === "skipped" ? (result.note ?? "no reason given") : "it was not reached";
    const why = `${file}: ${reason}`;
    skips.set(why, [...(skips.get(why) ?? []), test.fullName]);
  }
}
