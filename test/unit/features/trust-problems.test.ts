import { describe, expect, it } from "vitest";
import { cacerts, kafka, planTrust } from "../../support/plan-trust.ts";

describe("problems of trust", () => {
  const dir = "KAFKA_SSL_CA_DIR: /mnt/kafka";
  const environment = { ...kafka, KAFKA_SSL_CA_DIR: "/mnt/kafka" };
  it.each<[string, Record<string, string>, string]>([
    ["dir-unreadable", {}, `${dir}: no such folder`],
    ["no-certificate", { "/mnt/kafka/ca.p12": "x" }, `${dir}: no certificates among ca.p12`],
    [
      "bad-certificate",
      { "/mnt/kafka/ca.crt": "[kafka.crt unclosed]" },
      `${dir}/ca.crt: line 1: PEM block is not closed`,
    ],
    ["bad-certificate", { "/mnt/kafka/ca.crt": "" }, `${dir}/ca.crt: the file is empty`],
    [
      "private-key",
      { "/mnt/kafka/ca.pem": "[kafka.key]" },
      `${dir}/ca.pem: line 1: there is a private key among the CA certificates`,
    ],
    [
      "private-key",
      { "/mnt/kafka/ca.crt": "[kafka.crt]", "/mnt/kafka/ca.key": "[kafka.key]" },
      `${dir}/ca.key: there is a private key among the CA certificates`,
    ],
  ])("%s: %j", (code, files, line) => {
    expect(planTrust(environment, files).problemLines).toEqual([`trust/${code} ${line}`]);
  });

  it.each([
    [{ KAFKA_SSL_ENABLED: "ture" }, 'trust/bad-flag KAFKA_SSL_ENABLED: "ture" is not true or false'],
    [{ ...kafka, KAFKA_SSL_CA_DIR: "certs" }, 'trust/bad-path KAFKA_SSL_CA_DIR: "certs" is not an absolute path'],
    [{ TRUST_SERVICES: "vault" }, "trust/dir-unreadable TRUST_SERVICES: /certs/vault: no such folder"],
  ])("%j", (settings, line) => {
    expect(planTrust(settings, {}).problemLines).toEqual([line]);
  });

  it("names a JDK's truststore that cannot be read", () => {
    const { problemLines } = planTrust(kafka, { [cacerts]: "junk", "/certs/kafka/ca.crt": "[kafka.crt]" });
    expect(problemLines).toEqual([expect.stringMatching(`^trust/bad-cacerts JAVA_HOME: ${cacerts}: `)]);
  });

  it("does not let Flink's options give the JVM another truststore", () => {
    const conf = { "env.java.opts.taskmanager": "-Xss2m -Djavax.net.ssl.trustStore=/my/store" };
    const { problemLines } = planTrust(kafka, { "/certs/kafka/ca.crt": "[kafka.crt]" }, { conf });
    expect(problemLines).toEqual([
      "trust/second-truststore config.yaml: env.java.opts.taskmanager: it gives the JVM another truststore",
    ]);
  });
});
