import { describe, expect, it } from "vitest";
import { trust } from "../../../src/features/trust/index.ts";
import { identity } from "../../support/identities.ts";
import { planFeature } from "../../support/plan-feature.ts";
import { added, cacerts, kafka, planTrust, roleDir, written } from "../../support/plan-trust.ts";

function short(name: string): string {
  return identity(name).certificate.sha256.slice(0, 8);
}

describe("a service's CAs", () => {
  it("join the JDK's own in a store of the run dir, which the JVM gets without a password", () => {
    const planned = planTrust(kafka, { "/certs/kafka/ca.crt": "[kafka.crt]" });
    expect(planned.problemLines).toEqual([]);
    expect(planned.noticeLines).toEqual([]);
    expect(added(planned)).toEqual(["kafka-kafka-ca kafka /certs/kafka/ca.crt"]);
    expect(planned.contribution.jvmOptions).toEqual([
      `-Djavax.net.ssl.trustStore=${roleDir}/truststore.p12`,
      "-Djavax.net.ssl.trustStoreType=PKCS12",
    ]);
    const { format, entries } = written(planned);
    expect(format).toBe("pkcs12");
    expect(entries.map(({ kind, alias }) => `${kind} ${alias}`)).toEqual(["trusted jdk", "trusted kafka-kafka-ca"]);
  });

  it.each([
    ["ca.crt", "[kafka.crt]"],
    ["ca.pem", "[kafka.bundle.crt]"],
    ["ca.cer", "[kafka.der]"],
    ["ca.p7b", "[kafka.p7b]"],
    ["CA.P7C", "[kafka.p7c]"],
  ])("may be in %s", (name, content) => {
    expect(added(planTrust(kafka, { [`/certs/kafka/${name}`]: content }))).toEqual([
      `kafka-kafka-ca kafka /certs/kafka/${name}`,
    ]);
  });

  it.each(["jdk.cacerts.jks", "jdk.cacerts.p12", "jdk.changeit.p12"])(
    "join a JDK's truststore of the kind %s",
    (name) => {
      const planned = planTrust(kafka, { [cacerts]: `[${name}]`, "/certs/kafka/ca.crt": "[kafka.crt]" });
      expect(planned.problemLines).toEqual([]);
      expect(written(planned).entries).toHaveLength(2);
    },
  );

  it("join jssecacerts where the JDK has one, as the JVM prefers it", () => {
    const planned = planTrust(kafka, {
      "/jdk/lib/security/jssecacerts": "[corp.cacerts.jks]",
      "/certs/kafka/ca.crt": "[kafka.crt]",
    });
    expect(written(planned).entries.map(({ alias }) => alias)).toEqual(["corp", "kafka-kafka-ca"]);
  });

  it("are trusted once, however often they are mounted", () => {
    const planned = planTrust(
      { ...kafka, HDFS_SSL_ENABLED: "yes", HDFS_SSL_CA_DIR: "/mnt/hdfs/" },
      {
        "/certs/kafka/a.crt": "[kafka+corp.crt]",
        "/certs/kafka/b.crt": "[kafka.crt]",
        "/mnt/hdfs/ca.pem": "[hdfs+corp.crt]",
      },
    );
    expect(added(planned)).toEqual([
      "kafka-kafka-ca kafka /certs/kafka/a.crt",
      "kafka-corporate-root kafka, hdfs /certs/kafka/a.crt",
      "hdfs-hdfs-ca hdfs /mnt/hdfs/ca.pem",
    ]);
  });

  it("get aliases of their own for the same subject, no common name and no name at all", () => {
    const planned = planTrust(kafka, { "/certs/kafka/ca.crt": "[ca+ca-renewed+no-cn+unnamed.crt]" });
    expect(planned.contribution.trusted?.map(({ alias }) => alias)).toEqual([
      "kafka-example-ca",
      `kafka-example-ca-${short("ca-renewed")}`,
      "kafka-example-corp",
      `kafka-${short("unnamed")}`,
    ]);
  });

  it("change nothing when the JDK trusts them already", () => {
    const planned = planTrust(kafka, { "/certs/kafka/ca.crt": "[jdk.crt]" });
    expect(planned.contribution.files).toBeUndefined();
    expect(planned.contribution.jvmOptions).toBeUndefined();
    expect(planned.noticeLines).toEqual([
      "info KAFKA_SSL_ENABLED: /certs/kafka/ca.crt: 1 certificate is trusted by the JDK already",
    ]);
  });

  it("may be left out for a service with a certificate of a public CA", () => {
    const planned = planTrust(kafka, {});
    expect([...planned.problemLines, ...planned.noticeLines, ...added(planned)]).toEqual([
      "info KAFKA_SSL_ENABLED: /certs/kafka does not exist, so that only the JDK's own CAs are trusted",
    ]);
  });

  it("pass over what Strimzi and cert-manager put beside them", () => {
    const planned = planTrust(kafka, {
      "/certs/kafka/ca.crt": "[kafka.crt]",
      "/certs/kafka/ca.p12": "[kafka.truststore.p12]",
      "/certs/kafka/ca.password": "x",
    });
    expect(planned.problemLines).toEqual([]);
    expect(added(planned)).toHaveLength(1);
  });

  it("are alone in the store where there is no JDK to look at", () => {
    const planned = planFeature(trust, { environment: kafka, files: { "/certs/kafka/ca.crt": "[kafka.crt]" } });
    expect(written(planned).entries).toHaveLength(1);
    expect(planned.noticeLines).toEqual([
      `warning ${roleDir}/truststore.p12: not checked: no JDK was found, so that it holds none of the JDK's own certificates`,
    ]);
  });
});

describe("which services", () => {
  const files = {
    "/certs/my-vault/ca.crt": "[corp.crt]",
    "/certs/kafka/ca.crt": "[kafka.crt]",
    "/certs/schema-registry/ca.crt": "[kafka.crt]",
  };
  it.each<[Record<string, string>, readonly string[]]>([
    [{}, []],
    [{ KAFKA_SSL_ENABLED: "false" }, []],
    [{ SCHEMA_REGISTRY_SSL_ENABLED: "1" }, ["schema-registry"]],
    [{ TRUST_SERVICES: "my-vault" }, ["my-vault"]],
    [{ TRUST_SERVICES: "MY_VAULT kafka" }, ["kafka", "my-vault"]],
    [{ TRUST_SERVICES: "my-vault", MY_VAULT_SSL_ENABLED: "no" }, []],
    [{ POSTGRES_SSL_ENABLED: "verify-full" }, []],
  ])("%j", (environment, services) => {
    const planned = planTrust(environment, files);
    expect(planned.problemLines).toEqual([]);
    expect(planned.contribution.trusted?.map(({ service }) => service) ?? []).toEqual(services);
  });

  it.each([
    [{ KAFAK_SSL_ENABLED: "true" }, "warning KAFAK_SSL_ENABLED: no such service"],
    [{ ELASTIC_SEARCH_SSL_CA_DIR: "/x" }, "warning ELASTIC_SEARCH_SSL_CA_DIR: no such service"],
    [{ KAFKA_SSL_CA_DIR: "/certs/kafka" }, "warning KAFKA_SSL_CA_DIR: it is not read"],
    [{ USE_SYSTEM_CA_CERTS: "false" }, "warning USE_SYSTEM_CA_CERTS: any value turns it on, and so does false"],
  ])("%j gives a warning", (environment, line) => {
    const planned = planTrust(environment, files);
    expect(planned.problemLines).toEqual([]);
    expect(planned.noticeLines).toEqual([line]);
  });
});

describe("USE_SYSTEM_CA_CERTS", () => {
  it("takes /certificates with its folders, and the operating system's bundle", () => {
    const planned = planTrust(
      { USE_SYSTEM_CA_CERTS: "1" },
      {
        "/certificates/corp.crt": "[corp.crt]",
        "/certificates/team/kafka-crt": "[kafka.crt]",
        "/certificates/team.crt/hdfs.crt": "[hdfs.crt]",
        "/certificates/readme.txt": "not a certificate",
        "/etc/ssl/certs/ca-certificates.crt": "[jdk+ca+expired-ca.bundle.crt]",
      },
    );
    expect(planned.problemLines).toEqual([]);
    expect(added(planned)).toEqual([
      "certificates-corporate-root certificates /certificates/corp.crt",
      "certificates-kafka-ca certificates /certificates/team/kafka-crt",
      "certificates-hdfs-ca certificates /certificates/team.crt/hdfs.crt",
      "system-example-ca system /etc/ssl/certs/ca-certificates.crt",
      "system-expired-ca system /etc/ssl/certs/ca-certificates.crt",
    ]);
  });
});

it.each([
  [
    { JAVA_TOOL_OPTIONS: "-Djavax.net.ssl.trustStore=/tmp/truststore" },
    "kafka",
    "warning JAVA_TOOL_OPTIONS: its truststore is replaced",
  ],
  [{}, "expired-ca", "warning KAFKA_SSL_ENABLED: /certs/kafka/ca.crt: CN=Expired CA expired on 2026-01-01"],
  [
    {},
    "leaf",
    "warning KAFKA_SSL_ENABLED: /certs/kafka/ca.crt: CN=flink-jobmanager is not a CA: it is trusted itself, and nothing that it issued",
  ],
])("warns: %j, %s", (environment, name, line) => {
  const planned = planTrust({ ...kafka, ...environment }, { "/certs/kafka/ca.crt": `[${name}.crt]` });
  expect(planned.problemLines).toEqual([]);
  expect(planned.noticeLines).toEqual([line]);
});
