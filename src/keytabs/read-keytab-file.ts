import type { Problem } from "../core/findings/problem.ts";
import { readingFailure } from "../core/system/reading-failure.ts";
import type { System } from "../core/system/system.ts";
import { FormatError } from "../formats/format-error.ts";
import { type KeytabEntry, readKeytab } from "../formats/kerberos/keytab.ts";
import { kerberosProblems } from "./problems.ts";

const { problem } = kerberosProblems;

/** The keys of a mounted keytab, at least one; or why there are none. Java says the same of each: `Unable to obtain password from user`. */
export function readKeytabFile(
  where: readonly string[],
  path: string,
  system: System,
): readonly KeytabEntry[] | Problem {
  const read = system.readFile(path);
  if (read.kind === "missing") {
    return problem("keytab-missing", where, "no such file", `mount the keytab there, or set ${where[0] ?? ""}`);
  }
  if (read.kind !== "file") {
    const { text, hint } = readingFailure(read.kind);
    return problem("keytab-unreadable", where, text, hint);
  }
  if (read.bytes.length === 0) return empty(where, "the file is empty");
  if (isBase64(read.bytes)) {
    const hint = "decode it with base64 -d before it is mounted, or put it under data and not stringData in the Secret";
    return problem("keytab-base64", where, "this is a keytab as base64 text", hint);
  }
  try {
    const entries = readKeytab(read.bytes);
    return entries.length === 0 ? empty(where, "the keytab has no keys") : entries;
  } catch (error) {
    if (error instanceof FormatError) return problem("bad-keytab", where, error.message, error.hint);
    throw error;
  }
}

function empty(where: readonly string[], text: string): Problem {
  return problem("keytab-empty", where, text, "write it again with kadmin's ktadd, and mount that");
}

/** Text that is a keytab when it is decoded. */
function isBase64(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString("latin1").replaceAll(/\s/g, "");
  if (!/^BQ[A-Za-z0-9+/]+=*$/.test(text)) return false;
  const decoded = Buffer.from(text, "base64");
  return decoded[0] === 5 && decoded[1] === 2;
}
