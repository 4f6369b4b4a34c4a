// npm run test:all: every group of tests, one after the other; then what has failed or was skipped, and as the last line the sum
// of all totals. --full runs every case and version, which takes hours. Containers, Kubernetes and their images are those of
// docker or podman and KUBECONFIG.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const groups = ["test", "test:java", "test:services", "test:image", "test:pipeline", "test:kubernetes"] as const;
const totalLine = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

const full = process.argv.includes("--full");
const env = { ...process.env, ...(full && { SLUICE_TEST_FULL: "1" }) };
const sum = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
const amiss: string[] = [];

for (const group of groups) {
  const began = performance.now();
  const { status, last } = await run(group);
  const total = totalLine.exec(last);
  const [passed = 0, failed = 0, skipped = 0] = total?.slice(1).map((count) => Number(count ?? 0)) ?? [];
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
  // A group that ended badly has failed, whatever it has counted.
  if (total === null || (status !== 0 && failed === 0)) sum.failed += 1;
  const said = total === null ? `ended with ${status} and no total` : last;
  summary.push(`${group}: ${said}, ${Math.round((performance.now() - began) / 1000)} s`);
}

const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : "";
process.stdout.write(`\n${[...amiss, ...summary].join("\n")}\n${sum.passed} passed, ${sum.failed} failed${skipped}\n`);
process.exitCode = sum.failed > 0 ? 1 : 0;

/** Runs one group, passes on what it prints, and returns its last line. */
async function run(group: string): Promise<{ readonly status: number; readonly last: string }> {
  process.stdout.write(`\n===> ${group}\n`);
  const start = join(import.meta.dirname, "start.mjs");
  const child = spawn(process.execPath, [start, group], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  let last = "";
  for await (const line of createInterface({ input: child.stdout })) {
    process.stdout.write(`${line}\n`);
    if (/^(?:failed|skipped): /.test(line)) amiss.push(line);
    if (line !== "") last = line;
  }
  const [status] = (await ended) as [number | null];
  return { status: status ?? 1, last };
}
