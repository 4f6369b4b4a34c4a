import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { withProgress } from "../test/support/progress.ts";

/** A line of JMH's JSON, as far as it is looked at. */
interface Result {
  /** Class and method. */
  readonly benchmark: string;
  readonly params: { readonly kind: string; readonly size: string };
  /** Nanoseconds of single calls. */
  readonly primaryMetric: { readonly scorePercentiles: Readonly<Record<"50.0", number>> };
}

const java = join(import.meta.dirname, "../java");

/**
 * Measures with JMH what encrypting a record costs, and prints a table of medians. Returns the dearer one of writing and reading
 * a value of 100 bytes, in nanoseconds.
 */
export async function benchSerializer(signal: AbortSignal): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  const ends = { cwd: java, all: true, cancelSignal: signal, forceKillAfterDelay: 20_000 } as const;
  try {
    const build = [
      "--batch-mode",
      "--quiet",
      "-Pbench",
      "-DskipTests",
      "--projects",
      "bench",
      "--also-make",
      "package",
    ];
    await withProgress("building the serializer's benchmark", () => execa("mvn", build, ends));
    const { command, results } = benchmark(folder);
    await withProgress("measuring the serializer (two minutes or more)", () => execa("java", command, ends));
    const measured = JSON.parse(readFileSync(results, "utf8")) as readonly Result[];
    process.stdout.write(`nanoseconds of one record, medians\n${measured.map(row).join("")}`);
    const values = measured.filter(({ params }) => params.kind === "values" && params.size === "100");
    return Math.max(...values.map(median));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchmark(folder: string): { readonly command: readonly string[]; readonly results: string } {
  writeFileSync(join(folder, "bench"), randomBytes(32).toString("base64"));
  writeFileSync(join(folder, "primary"), "bench");
  const results = join(mkdtempSync(join(folder, ".results-")), "results.json");
  const target = join(java, "bench", "target");
  const classPath = `${join(target, "classes")}:${readFileSync(join(target, "class-path"), "utf8").trim()}`;
  // Short turns: this runs on machines that have something else to do.
  const turns = ["-f", "1", "-wi", "5", "-w", "1s", "-i", "5", "-r", "1s", "-foe", "true"];
  const output = ["-rf", "json", "-rff", results, "-jvmArgsAppend", `-Dsealed.key-dir=${folder}`];
  return { command: ["-cp", classPath, "org.openjdk.jmh.Main", ...turns, ...output], results };
}

function median({ primaryMetric }: Result): number {
  return primaryMetric.scorePercentiles["50.0"];
}

function row(result: Result): string {
  const { kind, size } = result.params;
  const what = `${result.benchmark.replace(/.*\./, "")}, ${kind}, ${size} bytes`;
  return `  ${what.padEnd(56)} ${median(result).toFixed(0).padStart(10)}\n`;
}
