import { problemCatalogue } from "../../core/findings/problem.ts";

export const trustProblems = problemCatalogue("trust", {
  "bad-flag": "A `<SERVICE>_SSL_ENABLED` is neither true nor false.",
  "bad-path": "A `<SERVICE>_SSL_CA_DIR` is not an absolute path.",
  "dir-unreadable": "A folder of CA certificates is missing or cannot be read.",
  "no-certificate": "A folder of CA certificates holds no file with certificates.",
  "file-unreadable": "A file of CA certificates cannot be read.",
  "bad-certificate": "A file does not hold certificates, or they are damaged.",
  "private-key": "There is a private key among the CA certificates, where it is of no use and others may read it.",
  "bad-cacerts": "The JDK's own truststore cannot be read.",
  "no-jdk": "TRUST_IN_PLACE changes the JDK's truststore, and there is no JDK.",
  "cannot-write": "TRUST_IN_PLACE changes the JDK's truststore, and it cannot be written.",
  "second-truststore":
    "Flink's configuration gives the JVM another truststore, so that the certificates would be trusted nowhere.",
});
