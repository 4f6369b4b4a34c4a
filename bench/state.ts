// npm run bench:state [-- rounds]: what encrypted state costs a job that checkpoints twice a second, on this machine. The same job
// runs in turn with plain and with sealed checkpoints, in one JVM. The last lines are the ratios of throughput, medians of rounds,
// and what a record of 100 bytes costs where a job encrypts it itself.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { withProgress } from "../test/support/progress.ts";
import { median } from "./measure.ts";
import { benchSerializer } from "./serializer.ts";

/** A run of the job, in milliseconds. */
interface Run {
  readonly wall: number;
  readonly cpu: number;
  readonly checkpoints: number;
}

const java = join(import.meta.dirname, "../java");
const target = join(java, "sealed-filesystem/target");
const rounds = Number(process.argv[2] ?? 5);

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupted.abort());
const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
try {
  await withProgress("building sealed-filesystem", build);
  const onHeap = await measure("hashmap", 1_000_000);
  const onDisk = await measure("rocksdb", 1_000_000);
  const nanoseconds = await benchSerializer(interrupted.signal);
  say(`ratio sealed.job.hashmap ${onHeap.toFixed(2)}`);
  say(`ratio sealed.job ${onDisk.toFixed(2)}`);
  say(`ns serializer.100 ${nanoseconds.toFixed(0)}`);
} catch (error) {
  if (!(error instanceof ExecaError)) throw error;
  process.exitCode = interrupted.signal.aborted ? 130 : 1;
  if (!interrupted.signal.aborted) process.stderr.write(`${error.message}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function build(): Promise<void> {
  const goals = ["pre-integration-test", "dependency:build-classpath"];
  const settings = ["-DskipTests", "-DincludeScope=test", "-Dmdep.outputFile=target/test-class-path"];
  const command = ["-B", "-ntp", "-q", "--projects", "sealed-filesystem", "--also-make", ...settings, ...goals];
  await execa("mvn", command, { cwd: java, cancelSignal: interrupted.signal });
}

/** Throughput with sealed checkpoints against plain ones, with that state backend. */
async function measure(backend: string, records: number): Promise<number> {
  const options = /<test\.jvm>([^<]*)<\/test\.jvm>/.exec(readFileSync(join(java, "pom.xml"), "utf8"))?.[1] ?? "";
  const classPath = `${join(target, "test-classes")}:${readFileSync(join(target, "test-class-path"), "utf8").trim()}`;
  const main = "io.sluice.sealed.flink.SealedJobBench";
  const args = ["-cp", classPath, main, join(folder, backend), backend, String(records), String(rounds)];
  const plain: Run[] = [];
  const sealed: Run[] = [];
  await withProgress(`a job with ${backend}, ${rounds + 1} rounds`, async (progress) => {
    const child = execa("java", [...options.trim().split(/\s+/), ...args], {
      env: { FLINK_PLUGINS_DIR: join(target, "plugins") },
      cancelSignal: interrupted.signal,
    });
    for await (const line of child) {
      const [scheme, ...numbers] = line.split(" ");
      const [wall = 0, cpu = 0, checkpoints = 0] = numbers.map(Number);
      (scheme === "file" ? plain : sealed).push({ wall, cpu, checkpoints });
      progress(`round ${sealed.length + 1}`);
    }
    await child;
  });
  show(backend, "plain", plain, records);
  show(backend, "sealed", sealed, records);
  return median(plain.map(({ wall }, round) => wall / (sealed[round]?.wall ?? Number.NaN)));
}

function show(backend: string, name: string, runs: readonly Run[], records: number): void {
  const of = (what: (run: Run) => number) => median(runs.map(what));
  const perSecond = Math.round(of(({ wall }) => (records * 1000) / wall));
  const checkpoints = of((run) => run.checkpoints);
  say(`${backend} ${name}: ${perSecond} records/s, ${checkpoints} checkpoints, ${of(({ cpu }) => cpu)} ms of CPU`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
