/** Names and aliases of sun.security.krb5.Config.getType (Java 17), with IANA's numbers. RC4 and DES are off since 17. */
const names: Readonly<Record<string, number>> = {
  "aes128-cts": 17,
  "aes128-cts-hmac-sha1-96": 17,
  "aes256-cts": 18,
  "aes256-cts-hmac-sha1-96": 18,
  "aes128-sha2": 19,
  "aes128-cts-hmac-sha256-128": 19,
  "aes256-sha2": 20,
  "aes256-cts-hmac-sha384-192": 20,
};

/** The types that Java uses of a list in krb5.conf, as IANA numbers them; MIT's families such as `aes` mean nothing to it. */
export function javaEncryptionTypes(list: string): readonly number[] {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .flatMap((name) => names[name] ?? []);
}
