import { join } from "node:path";
import { ExitCode } from "../core/exit-code.ts";
import { generateCertificate } from "../shell/generate-certificate.ts";
import { log } from "../shell/log.ts";
import { readRegularFile } from "../shell/read-file.ts";
import { CannotWrite } from "../shell/run-dir.ts";
import { writeFiles } from "../shell/write-files.ts";
import { parseCertsOptions } from "./certs-options.ts";

const secretFiles = ["tls.key", "keystore.p12", "truststore.p12", "password"];

/** Makes the single-purpose certificate. Throws UsageError, and CannotWrite when anything is there already. */
export function certs(args: readonly string[]): ExitCode {
  const options = parseCertsOptions(args);
  const files = [...generateCertificate(options, new Date())].map(([name, bytes]) => ({
    path: join(options.out, name),
    mode: secretFiles.includes(name) ? 0o600 : 0o644,
    bytes,
    backup: undefined,
  }));
  const existing = files.find(({ path }) => readRegularFile(path).kind !== "missing");
  if (existing !== undefined) {
    throw new CannotWrite(existing.path, "it is there already", "choose another folder, or remove what is in it");
  }
  for (const path of writeFiles(files)) log(`wrote ${path}`);
  return ExitCode.done;
}
