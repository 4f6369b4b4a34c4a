import { clusterRoles, roleOfDir } from "../../core/plan/run-dir.ts";
import { type Check, checks } from "../../health/kubernetes-probe.ts";
import { UsageError } from "../arguments.ts";

/** What `sluice health` is asked for. */
export interface HealthOptions {
  /** Such as `jobmanager-2`. Undefined: the only process that runs here. */
  readonly name: string | undefined;
  readonly check: Check;
  /** Milliseconds for all of it. */
  readonly timeout: number;
}

const seeHelp = "see: sluice help health";
/** @throws UsageError */
export function parseHealthOptions(args: readonly string[]): HealthOptions {
  const { values, positionals } = parse(args);
  const [word, ...more] = positionals;
  const name = word === "standalone-job" ? "jobmanager" : word;
  const isKnown = name === undefined || clusterRoles.some((role) => role === roleOfDir(name));
  if (more.length > 0 || !isKnown) {
    throw new UsageError(`health does not take ${more[0] ?? word}`, `use jobmanager or taskmanager; ${seeHelp}`);
  }
  const asked = checks.filter((check) => values[check] === true);
  if (asked.length > 1) throw new UsageError(`--${asked.join(" and --")} are two probes`, seeHelp);
  return { name, check: asked[0] ?? "readiness", timeout: milliseconds(values.timeout) };
}

function milliseconds(text: string): number {
  const [, number = "", unit] = /^(\d{1,6})(ms|s)$/.exec(text) ?? [];
  const value = Number(number) * (unit === "s" ? 1000 : 1);
  if (value >= 1 && value <= 600_000) return value;
  throw new UsageError(`--timeout ${text} is not a time from 1ms to 600s`, "write it as 900ms or 4s");
}

// As in certs-options.ts, an import would open stderr.
const { parseArgs } = process.getBuiltinModule("node:util");

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        liveness: { type: "boolean" },
        readiness: { type: "boolean" },
        startup: { type: "boolean" },
        timeout: { type: "string", default: "900ms" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), seeHelp);
  }
}
