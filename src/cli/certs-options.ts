import { isIP } from "node:net";
import { UsageError } from "./arguments.ts";

/** What `sluice certs` is asked for. */
export interface CertsOptions {
  readonly out: string;
  readonly commonName: string;
  readonly dns: readonly string[];
  readonly ip: readonly string[];
  readonly key: "rsa" | "ec";
  readonly days: number;
}

const seeHelp = "see: sluice help certs";

/** @throws UsageError */
export function parseCertsOptions(args: readonly string[]): CertsOptions {
  const { values } = parse(args);
  if (values.out === undefined) throw new UsageError("certs needs --out DIR", seeHelp);
  if (values.key !== "rsa" && values.key !== "ec")
    throw new UsageError(`--key ${values.key} is neither rsa nor ec`, seeHelp);
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 36_500) {
    throw new UsageError(`--days ${values.days} is not a number of days from 1 to 36500`, seeHelp);
  }
  const names = values.san.flatMap((list) => list.split(",")).filter((name) => name !== "");
  return {
    out: values.out,
    commonName: values.name,
    dns: names.filter((name) => isIP(name) === 0),
    ip: names.filter((name) => isIP(name) !== 0),
    key: values.key,
    days,
  };
}

// An import would read every property of the module, and one of them opens stderr, which leaves it non-blocking.
const { parseArgs } = process.getBuiltinModule("node:util");

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: { type: "string" },
        name: { type: "string", default: "flink.internal" },
        san: { type: "string", multiple: true, default: [] },
        key: { type: "string", default: "rsa" },
        days: { type: "string", default: "365" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), seeHelp);
  }
}
