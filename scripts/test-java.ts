// npm run test:java [-- --full] [--module NAME]: builds and tests what is in java, against both versions of Flink. By default
// each case with a cluster runs on one of them; --full runs every case on both. The last line is the total.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa, ExecaError } from "execa";
import { flinkVersions } from "../test/support/flink-versions.ts";
import { withProgress } from "../test/support/progress.ts";

interface Total {
  passed: number;
  failed: number;
  skipped: number;
}

const java = join(import.meta.dirname, "../java");
const options = { full: { type: "boolean", default: false }, module: { type: "string" } } as const;
const { values } = parseArgs({ options });
const full = values.full || process.env["SLUICE_TEST_FULL"] === "1";

const interrupted = new AbortController();
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.once(signal, () => {
    process.exitCode = code;
    interrupted.abort();
  });
}

const total: Total = { passed: 0, failed: 0, skipped: 0 };
// The newest version is built last: its jars are what is left.
for (const version of flinkVersions.toReversed()) {
  if (!(await verify(version))) break;
}
if (!interrupted.signal.aborted) {
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** Runs Maven with a version of Flink and counts its tests. Whether it makes sense to go on. */
async function verify(version: string): Promise<boolean> {
  const excluded = full ? "never" : `full,not-on-${version.startsWith("1.") ? "1" : "2"}`;
  const modules = values.module === undefined ? [] : ["--projects", values.module, "--also-make"];
  // The format is the same for both versions.
  const format = `-Dspotless.check.skip=${String(version !== flinkVersions[0])}`;
  const settings = [`-Dflink.version=${version}`, `-Dtest.excluded=${excluded}`, format, ...modules];
  const command = [
    "--batch-mode",
    "--no-transfer-progress",
    "--quiet",
    "--fail-at-end",
    ...settings,
    "clean",
    "verify",
  ];
  const began = Date.now();
  const tests = withProgress(`Java tests on Flink ${version}`, () =>
    // Maven ends its own JVMs when it gets the signal.
    execa("mvn", command, { cwd: java, all: true, cancelSignal: interrupted.signal, forceKillAfterDelay: 20_000 }),
  );
  const failure = await tests.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (interrupted.signal.aborted) return false;
  const counted = readdirSync(java).map((module) => countModule(module, version, began));
  if (failure === undefined) return true;
  if (!(failure instanceof ExecaError)) throw failure;
  if (failure.code === "ENOENT") {
    process.stderr.write(
      "test-java: error: there is no mvn on PATH\ntest-java: hint: install Maven (apt install maven)\n",
    );
  } else {
    process.stdout.write(`${String(failure.all)}\n`);
  }
  // What is not a test, such as the compiler, has failed.
  if (!counted.some(({ failed }) => failed > 0)) total.failed += 1;
  return failure.code !== "ENOENT";
}

/** Adds the reports that Surefire and Failsafe wrote for a module since an instant (ms), and prints their sum. */
function countModule(module: string, version: string, began: number): Total {
  const found = { passed: 0, failed: 0, skipped: 0 };
  for (const folder of ["surefire-reports", "failsafe-reports"]) {
    const reports = join(java, module, "target", folder);
    if (!existsSync(reports)) continue;
    for (const name of readdirSync(reports).filter((file) => /^TEST-.*\.xml$/.test(file))) {
      if (statSync(join(reports, name)).mtimeMs < began) continue;
      const suite = /<testsuite\s[^>]*>/.exec(readFileSync(join(reports, name), "utf8"))?.[0] ?? "";
      const count = (what: string) => Number(new RegExp(`\\s${what}="(\\d+)"`).exec(suite)?.[1] ?? 0);
      const failed = count("errors") + count("failures");
      found.failed += failed;
      found.skipped += count("skipped");
      found.passed += count("tests") - failed - count("skipped");
    }
  }
  total.passed += found.passed;
  total.failed += found.failed;
  total.skipped += found.skipped;
  if (found.passed + found.failed > 0) {
    process.stdout.write(`${module} on Flink ${version}: ${found.passed} passed, ${found.failed} failed\n`);
  }
  return found;
}
