import { problemCatalogue } from "../core/findings/problem.ts";

/** What can be wrong with Flink's TLS: with what is mounted, and with what its configuration says. */
export const tlsProblems = problemCatalogue("tls", {
  "not-enabled": "A setting of TLS asks for something that only works with TLS turned on.",
  "dir-unreadable": "The folder that should hold keys and certificates is missing or cannot be read.",
  "files-missing": "The folder holds neither `tls.crt` and `tls.key` nor a keystore that Sluice knows.",
  "file-unreadable": "A file of keys or certificates cannot be read.",
  "bad-certificate": "A file does not hold certificates, or they are damaged.",
  "bad-key": "The private key cannot be read or decrypted.",
  "bad-keystore": "A keystore is damaged, is of a kind that is not supported, or the password does not open it.",
  "no-password":
    "A keystore or truststore is mounted without its password. Flink needs it even for a store that has none.",
  "unfit-password": "The password holds a character that Flink cannot pass on to Pekko.",
  "no-key": "A keystore holds no private key with its certificate.",
  "no-truststore": "Nothing says which certificates to accept.",
  "no-trusted": "A truststore holds no certificate that Java trusts.",
  "key-mismatch": "The private key does not belong to the certificate.",
  expired: "A certificate has expired.",
  "not-yet-valid": "A certificate is not valid yet.",
  "chain-incomplete":
    "The certificate does not lead up to one that the truststore trusts, so Flink's processes would refuse each other.",
  "chain-refused":
    "The certificate leads up to one that the truststore trusts, by a chain that Java refuses in each handshake.",
  "wrong-usage": "The certificate was issued for another usage than Flink makes of it.",
  "weak-key": "The key is so short that Java refuses it.",
  "unsupported-key": "The key is of a kind that not every Java supports for TLS.",
  "host-verification": "This version of Flink cannot verify host names.",
  "host-not-named":
    "Host names are verified, and the certificate does not have the name by which this process is reached.",
  "protocol-unusable": "`security.ssl.protocol` holds something that Flink or Java cannot use.",
  "suites-unusable": "`security.ssl.algorithms` holds no cipher suite that fits the protocol and the key.",
  "part-off": "Part of Flink's internal communication is excluded from TLS.",
  "not-read": "A key asks for TLS that this version of Flink does not read, so that nothing would be encrypted.",
});
