// npm run demo [-- --keep]: a real Flink cluster with mutual TLS on every port, a real job on it, and proof that it is closed.
import { parseArgs } from "node:util";
import { NotAvailable } from "../test/support/flink-home.ts";
import { DemoFailed } from "./demo/demo-failed.ts";
import { demonstrate } from "./demo/demonstrate.ts";

const interrupted = new AbortController();
let interruptCode = 130;
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.on(signal, () => {
    if (interrupted.signal.aborted) return;
    interruptCode = code;
    process.stderr.write("\ninterrupted: stopping everything ...\n");
    interrupted.abort();
  });
}
// Whoever reads the output may go away, as head does; the cluster must not stay for that.
process.stdout.on("error", () => interrupted.abort());
process.stderr.on("error", () => {});

const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
try {
  await demonstrate({ keep: values.keep, signal: interrupted.signal });
  process.exit(0);
} catch (error) {
  if (interrupted.signal.aborted) {
    process.stderr.write("stopped, nothing is left behind\n");
    process.exit(interruptCode);
  }
  if (!(error instanceof NotAvailable || error instanceof DemoFailed)) throw error;
  process.stderr.write(`\ndemo: error: ${error.message}\ndemo: hint: ${error.hint}\n`);
  process.exit(1);
}
