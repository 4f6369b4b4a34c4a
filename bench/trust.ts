import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildBundle, bundle } from "../scripts/build.ts";
import { findJavaHome, makeAuthorities } from "./material.ts";
import { batch, inTurn, median, ratio, type Sample, type Timed } from "./measure.ts";

const javaHome = findJavaHome();
const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));

try {
  await buildBundle();
  for (const count of [1, 10, 150]) makeAuthorities(join(folder, `authorities-${count}`), count);
  const certificates = join(folder, "internal");
  batch({ command: process.execPath, args: [bundle, "certs", "--out", certificates] }, 1);
  measure(certificates);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(certificates: string): void {
  progress("150 certificates against 1, and a plan against an empty Node");
  const node: Timed = { command: process.execPath, args: ["-e", "0"] };
  const plan: Timed = {
    command: process.execPath,
    args: [bundle, "plan", "jobmanager"],
    env: { ...trustEnv(10), FLINK_SSL_INTERNAL_ENABLED: "true", FLINK_SSL_INTERNAL_DIR: certificates },
  };
  const [one = [], ten = [], many = [], empty = [], planned = []] = inTurn(
    [importing(1), importing(10), importing(150), node, plan],
    { rounds: 9, runs: 8 },
  );
  progress("10 certificates by keytool");
  const [byKeytool = []] = inTurn([keytoolLoop(10)], { rounds: 3, runs: 1 });
  progress("150 certificates by keytool (one run, minutes)");
  const slow = batch(keytoolLoop(150), 1);
  const cpu = (samples: readonly Sample[]) => median(samples.map(({ cpuMs }) => cpuMs));
  table([
    ["node -e 0", cpu(empty)],
    ["sluice plan jobmanager, internal TLS, 10 certificates", cpu(planned)],
    ["sluice run true, 1 certificate", cpu(one)],
    ["sluice run true, 10 certificates", cpu(ten)],
    ["sluice run true, 150 certificates", cpu(many)],
    ["keytool, 10 certificates", cpu(byKeytool)],
    ["keytool, 150 certificates", slow.cpuMs],
  ]);
  const added = median(many.map(({ cpuMs }, round) => cpuMs - (one[round]?.cpuMs ?? Number.NaN)));
  say(`ratio trust.keytool.10 ${(cpu(byKeytool) / cpu(ten)).toFixed(1)}`);
  say(`ratio trust.keytool.150 ${(slow.cpuMs / cpu(many)).toFixed(1)}`);
  say(`ratio plan.node ${ratio(planned, empty).toFixed(2)}`);
  say(`cpu-ms trust.added.150 ${added.toFixed(1)}`);
}

/** Imports all certificates of the folder into the JVM's truststore, in a run dir that is new each time. */
function importing(count: number): Timed {
  const script = `rm -rf ${join(folder, "run")}; exec "$@"`;
  return { command: "sh", args: ["-c", script, "sh", process.execPath, bundle, "run", "true"], env: trustEnv(count) };
}

function trustEnv(count: number): Record<string, string> {
  return {
    JAVA_HOME: javaHome,
    SLUICE_RUN_DIR: join(folder, "run"),
    SLUICE_LOG_LEVEL: "warning",
    KAFKA_SSL_ENABLED: "true",
    KAFKA_SSL_CA_DIR: join(folder, `authorities-${count}`),
  };
}

/** What the talk, and most images since, do: one keytool for each certificate. */
function keytoolLoop(count: number): Timed {
  const store = join(folder, `cacerts-${count}`);
  copyFileSync(join(javaHome, "lib", "security", "cacerts"), store);
  const script = `cp "$2" "$2.work"; for f in "$1"/*.crt; do keytool -importcert -noprompt -trustcacerts -keystore "$2.work" -storepass changeit -alias "$(basename "$f")" -file "$f" 2>/dev/null || exit 1; done`;
  return { command: "bash", args: ["-c", script, "bash", join(folder, `authorities-${count}`), store] };
}

function table(rows: readonly (readonly [string, number])[]): void {
  say("CPU milliseconds of one run, medians");
  for (const [name, cpuMs] of rows) say(`  ${name.padEnd(56)} ${cpuMs.toFixed(1).padStart(10)}`);
}

function progress(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
