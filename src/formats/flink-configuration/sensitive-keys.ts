/** The words that make a key sensitive: `SENSITIVE_KEYS` of Flink 2.3.0's GlobalConfiguration, which has all of the older ones. */
const sensitiveWords: readonly string[] = [
  "password",
  "secret",
  "fs.azure.account.key",
  "apikey",
  "api-key",
  "auth-params",
  "service-key",
  "token",
  "basic-auth",
  "jaas.config",
  "http-headers",
];

/** Finds one of them in a text. */
export const sensitiveWord = new RegExp(sensitiveWords.map((word) => word.replaceAll(".", "\\.")).join("|"), "i");

/** Whether Flink hides the value of this key (`GlobalConfiguration.isSensitive`). */
export function isSensitiveKey(key: string): boolean {
  const lower = key.toLowerCase();
  return sensitiveWords.some((word) => lower.includes(word));
}
