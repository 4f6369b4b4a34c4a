import { join } from "node:path/posix";
import type { Problem } from "../../core/problem.ts";
import { readingFailure } from "../../core/reading-failure.ts";
import { Secret } from "../../core/secret.ts";
import type { KeystoreEntryFacts, System } from "../../core/system.ts";
import { describe } from "../../tls/read-certificate-file.ts";
import { trustProblems } from "./problems.ts";

/** The truststore that the JVM would use by itself. */
export interface JdkTruststore {
  readonly path: string;
  readonly format: "pkcs12" | "jks";
  readonly entries: readonly KeystoreEntryFacts[];
  /** The one that it has: undefined for none, and for a JKS store whose password is not the default one. */
  readonly password: Secret | undefined;
  readonly mode: number;
}

/** JSSE prefers jssecacerts (JDK: sun.security.ssl.TrustStoreManager). */
const names = ["jssecacerts", "cacerts"];

/** The password of every JDK's truststore; JDK 18 and newer have none. */
const changeit = new Secret("the JDK's default", () => "changeit");

/** Reads the JDK's truststore: JKS, or PKCS#12 with the default password or without. Undefined where there is none. */
export function readJdkTruststore(javaHome: string | undefined, system: System): JdkTruststore | Problem | undefined {
  if (javaHome === undefined) return undefined;
  const paths = names.map((name) => join(javaHome, "lib", "security", name));
  const path = paths.find((one) => system.readFile(one).kind !== "missing");
  if (path === undefined) return undefined;
  const where = ["JAVA_HOME", path];
  const file = system.readFile(path);
  if (file.kind !== "file") {
    const { text, hint } = readingFailure(file.kind);
    return trustProblems.problem("bad-cacerts", where, text, hint);
  }
  const open = system.readKeystore(path, undefined);
  // JKS can always be read without its password, and never written.
  const hasPassword = open.kind === "bad" || (open.kind === "keystore" && open.format === "jks");
  const verified = hasPassword ? system.readKeystore(path, changeit) : undefined;
  const read = verified?.kind === "keystore" ? verified : open;
  if (read.kind === "keystore") {
    const password = read === verified ? changeit : undefined;
    return { path, format: read.format, entries: read.entries, password, mode: file.mode };
  }
  if (verified?.kind !== "bad") return undefined;
  const { where: at, text } = describe(where, verified.error);
  return trustProblems.problem(
    "bad-cacerts",
    at,
    text,
    "restore the JDK's truststore, or give it the password changeit",
  );
}
