import type { Problem } from "../core/findings/problem.ts";
import type { KeystoreEntryFacts } from "../core/system/system.ts";
import { tlsProblems } from "./problems.ts";

export function noPassword(where: readonly string[], passwordVariable: string): Problem {
  return tlsProblems.problem(
    "no-password",
    where,
    "a keystore needs its password",
    `set ${passwordVariable} or ${passwordVariable}_FILE`,
  );
}

/** Flink puts it between quotation marks into Pekko's configuration, and escapes nothing (PekkoUtils). */
export function unfitPassword(passwordVariable: string): Problem {
  return tlsProblems.problem(
    "unfit-password",
    [passwordVariable],
    "it holds a quotation mark, a backslash or a line break, which Flink cannot pass on to Pekko",
    "give the stores another password, or mount tls.crt and tls.key instead",
  );
}

export function noKey(where: readonly string[]): Problem {
  return tlsProblems.problem(
    "no-key",
    where,
    "the keystore holds no private key with its certificate",
    "make it with: openssl pkcs12 -export -in tls.crt -inkey tls.key -out keystore.p12, or mount tls.crt and tls.key instead",
  );
}

export function noTruststore(where: readonly string[]): Problem {
  return tlsProblems.problem(
    "no-truststore",
    where,
    "there is no truststore beside it, and its certificate is not self-signed",
    "mount a truststore with the CA's certificate beside it, such as truststore.p12",
  );
}

export function noTrusted(where: readonly string[], entries: readonly KeystoreEntryFacts[]): Problem {
  const untrusted = entries.filter(({ kind }) => kind === "untrusted").length;
  const text =
    untrusted === 0
      ? "the truststore holds no certificate"
      : `no certificate in it (there ${untrusted === 1 ? "is" : "are"} ${untrusted}) is marked as trusted, as openssl pkcs12 -nokeys leaves them, so Java trusts nobody`;
  return tlsProblems.problem(
    "no-trusted",
    where,
    text,
    "make it with: keytool -importcert -alias ca -file ca.crt -keystore truststore.p12, or mount ca.crt with tls.crt and tls.key",
  );
}
