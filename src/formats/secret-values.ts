import { isSensitiveKey, sensitiveWord } from "./flink-configuration/sensitive-keys.ts";

/**
 * Words beside Flink's own: Hadoop's `hadoop.security.sensitive-config-keys` (3.4.3), Confluent's `basic.auth.user.info`, keys of
 * object stores, and what variables are called (`DB_PASS`, `GITHUB_PAT`).
 */
const secretWords = new RegExp(
  [
    "passwd|passphrase|passwort|credential|user[._-]?info",
    "(private|access|account|encryption|signing|shared|master|storage)[._-]?key",
    "connection[._-]?string|(^|[._-])sas([._-]|$)",
    "ssl\\.keystore\\.key$",
    "(^|[._-])(pass|pat|dsn)$|[._-]pwd$",
  ].join("|"),
  "i",
);

/** `scheme://user:password@host`, and a JVM option such as `-Djavax.net.ssl.keyStorePassword=…`. */
const secretText =
  /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@|-D[^\s=]*(?:password|passwd|passphrase|secret|token|credential)[^\s=]*=/i;

/** Whether the value of a key of Flink, Kafka or Hadoop must not be shown. Wider than Flink's own list. */
export function isSecretKey(key: string): boolean {
  return isSensitiveKey(key) || secretWords.test(key);
}

/** Whether a value holds a secret, whatever its key. */
export function holdsSecret(value: string): boolean {
  return secretText.test(value);
}

const anySecretWord =
  /passwd|passphrase|passwort|credential|user[._-]?info|(?:private|access|account|encryption|signing|shared|master|storage)[._-]?key|connection[._-]?string|[._-](?:sas|pass|pat|dsn|pwd)\b|keystore\.key|:\/\/[^\s/:@]*:[^\s/@]+@/i;

/** Whether a text may hold an assignment that {@link isSecret}: quick, and true too often. */
export function mayHoldSecret(text: string): boolean {
  return sensitiveWord.test(text) || anySecretWord.test(text);
}

/** Whether a value must not be shown. */
export function isSecret(key: string, value: string): boolean {
  return isSecretKey(key) || holdsSecret(value);
}

/** A host or URL as messages show it: without the user and password in front of an `@`, and without what may be cut off there. */
export function withoutCredentials(address: string): string {
  const shown = address.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, "$1…@");
  return shown.replace(/^((?:[a-z][\w+.-]*:\/\/)?[^[\]:/]*:)(?!\d+(?:\/|$)|\/\/).+$/is, "$1…");
}

/** Whether a variable of the environment holds a secret, by its name. `PWD` is the shell's working directory. */
export function isSecretVariable(name: string): boolean {
  return /PASSWORD|SECRET|TOKEN|API_?KEY|_KEY$/.test(name) || secretWords.test(name);
}
