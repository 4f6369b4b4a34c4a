import type { System } from "../../core/system/system.ts";
import { type Certificate, parseCertificate } from "../../formats/x509/certificate.ts";
import { FormatError } from "../../formats/format-error.ts";
import type { Wanted } from "./ca-files.ts";
import { readJdkTruststore } from "./jdk-truststore.ts";

/** All that the JVM will trust: the JDK's own certificates and the wanted ones. Undefined where the JDK's cannot be read. */
export function anchorsOf(
  wanted: readonly Wanted[],
  javaHome: string | undefined,
  system: System,
): readonly Certificate[] | undefined {
  const jdk = readJdkTruststore(javaHome, system);
  if (jdk === undefined || "code" in jdk) return undefined;
  const own = jdk.entries.flatMap((entry) => (entry.kind === "trusted" ? readable(entry.certificate) : []));
  return [...wanted.map(({ certificate }) => certificate), ...own];
}

function readable(der: Uint8Array): readonly Certificate[] {
  try {
    return [parseCertificate(der)];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}
