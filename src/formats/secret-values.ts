import { isSensitiveKey, sensitiveWord } from "./flink-configuration/sensitive-keys.ts";

/**
 * Words beside Flink's own: Hadoop's `hadoop.security.sensitive-config-keys` (3.4.3), Confluent's `basic.auth.user.info`, keys of
 * object stores, and what variables are called (`DB_PASS`, `GITHUB_PAT`). Hyphens and underscores of a key count as dots. Words are
 * quicker than an expression, which each process must compile.
 */
const words = [
  ..."passwd passphrase passwort credential user.info userinfo connection.string connectionstring .sas.".split(" "),
  ...["private", "access", "account", "encryption", "signing", "shared", "master", "storage"].flatMap((kind) => [
    `${kind}.key`,
    `${kind}key`,
  ]),
];
const endings = [".pass", ".pat", ".dsn", ".sas", "ssl.keystore.key"];

/** Whether a key has one of the words, or ends with one of the endings. */
function hasSecretWord(key: string): boolean {
  const dotted = `.${key.toLowerCase().replaceAll(/[_-]/g, ".")}`;
  const isPassword = dotted.endsWith(".pwd") && dotted !== ".pwd";
  return isPassword || words.some((word) => dotted.includes(word)) || endings.some((ending) => dotted.endsWith(ending));
}

/** `scheme://user:password@host`, and a JVM option such as `-Djavax.net.ssl.keyStorePassword=…`. */
const secretText =
  /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@|-D[^\s=]*(?:password|passwd|passphrase|secret|token|credential)[^\s=]*=/i;

/** Whether the value of a key of Flink, Kafka or Hadoop must not be shown. Wider than Flink's own list. */
export function isSecretKey(key: string): boolean {
  return isSensitiveKey(key) || hasSecretWord(key);
}

/** Whether a value holds a secret, whatever its key. */
export function holdsSecret(value: string): boolean {
  return (value.includes("@") || value.includes("-D")) && secretText.test(value);
}

/** One of the words in a key, in front of a colon or an equals sign. */
const assignment =
  /(?:passwd|passphrase|passwort|credential|user[._-]?info|[a-z][._-]?key|connection[._-]?string|[._-](?:sas|pass|pat|dsn|pwd)\b)[\w.-]*["']?[ \t]*[:=]|:\/\/[^\s/:@]*:[^\s/@]+@/i;

/** Whether a text may hold an assignment that {@link isSecret}: quick, and true too often. */
export function mayHoldSecret(text: string): boolean {
  return sensitiveWord.test(text) || assignment.test(text);
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
  return /PASSWORD|SECRET|TOKEN|API_?KEY|_KEY$/.test(name) || hasSecretWord(name);
}
