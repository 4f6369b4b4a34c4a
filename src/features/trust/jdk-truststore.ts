import { join } from "node:path/posix";
import type { Problem } from "../../core/findings/problem.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import { Secret } from "../../secret.ts";
import type { System } from "../../core/system/system.ts";
import { FormatError } from "../../formats/format-error.ts";
import type { StoreEntry } from "../../formats/keystore/entries.ts";
import { type Keystore, readKeystore } from "../../formats/keystore/keystore.ts";
import { describe } from "../../tls/read-certificate-file.ts";
import { trustProblems } from "./problems.ts";

/** The JVM's default truststore. */
export interface JdkTruststore {
  readonly path: string;
  readonly format: "pkcs12" | "jks";
  /** As they are encoded: nothing is asked of the JDK's 140 certificates, and to parse them would cost 10 ms. */
  readonly entries: readonly StoreEntry[];
  /** The one that it has: undefined for none, and for a JKS store whose password is not the default one. */
  readonly password: Secret | undefined;
  readonly mode: number;
}

/** JSSE prefers jssecacerts (JDK: sun.security.ssl.TrustStoreManager). */
const names = ["jssecacerts", "cacerts"];

/** The password of every JDK's truststore; JDK 18 and newer have none. */
const changeit = "changeit";

/** The first octet of PKCS#12. */
const sequenceTag = 0x30;

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
  const store = readWithout(file.bytes) ?? readWithDefault(file.bytes);
  if (!(store instanceof FormatError)) return { path, ...store, mode: file.mode };
  const { where: at, text } = describe(where, store);
  return trustProblems.problem(
    "bad-cacerts",
    at,
    text,
    "restore the JDK's truststore, or give it the password changeit",
  );
}

type Read = Pick<JdkTruststore, "format" | "entries" | "password">;

/** A PKCS#12 store that is not encrypted; to verify one takes 10,000 rounds. */
function readWithout(bytes: Uint8Array): Read | undefined {
  if (bytes[0] !== sequenceTag) return undefined;
  const store = read(bytes, undefined);
  return store instanceof FormatError ? undefined : { ...store, password: undefined };
}

function readWithDefault(bytes: Uint8Array): Read | FormatError {
  const store = read(bytes, changeit);
  if (!(store instanceof FormatError)) return { ...store, password: new Secret("the JDK's default", () => changeit) };
  // JKS can always be read without its password, and never written.
  const unverified = read(bytes, undefined);
  return unverified instanceof FormatError ? store : { ...unverified, password: undefined };
}

function read(bytes: Uint8Array, password: string | undefined): Keystore | FormatError {
  try {
    return readKeystore(bytes, password);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}
