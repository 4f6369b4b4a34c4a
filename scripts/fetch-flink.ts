// npm run fetch:flink [-- version ...]: puts versions of Flink into the cache, and prints the folder of each; by default those that
// the tests and the demo need.
import { flinkHome, NotAvailable } from "../test/support/flink-home.ts";
import { flinkVersions } from "../test/support/flink-versions.ts";

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupted.abort());

const asked = process.argv.slice(2);
try {
  for (const version of asked.length > 0 ? asked : flinkVersions) {
    process.stdout.write(`${await flinkHome(version, { signal: interrupted.signal })}\n`);
  }
} catch (error) {
  if (interrupted.signal.aborted) process.exit(130);
  if (!(error instanceof NotAvailable)) throw error;
  process.stderr.write(`fetch-flink: error: ${error.message}\nfetch-flink: hint: ${error.hint}\n`);
  process.exit(1);
}
