import { describe, expect, it } from "vitest";
import type { Feature } from "../../../src/core/feature/feature.ts";
import type { EnvSpec } from "../../../src/core/settings/declaration.ts";
import { openSecret } from "../../../src/secret.ts";
import { hadoop } from "../../../src/services/hdfs/index.ts";
import { NamenodesProbe } from "../../../src/services/hdfs/probe/probe-namenodes.ts";
import { kafka } from "../../../src/services/kafka/index.ts";
import { kerberos } from "../../../src/services/kerberos/index.ts";
import { search } from "../../../src/services/search/index.ts";
import { SearchNodeProbe } from "../../../src/services/search/probe/probe-node.ts";
import { writeKeytab } from "../../support/keytabs.ts";
import { planFeature, type World } from "../../support/plan-feature.ts";

const keytab = writeKeytab([{ principal: "flink@CORP", kvno: 1, encryptionType: 18 }]);
const realms = [{ where: ["KERBEROS_KDC"], realm: "CORP", kdcs: [{ host: "kdc", port: 88 }], overUdp: false }];
const outputs = { kerberos: { realm: "CORP", keytab: "/keytab", principal: "flink@CORP", realms } };
const login = { where: ["KERBEROS_KEYTAB", "/keytab"], keytab: "/keytab", principal: "flink@CORP", realms };
const envPatterns = [{ name: "<SERVICE>_SSL_ENABLED", desc: "", expects: "", example: "" }];

function probesOf<S extends EnvSpec>(feature: Feature<S>, environment: Record<string, string>, world: World = {}) {
  return planFeature({ envPatterns, ...feature }, { ...world, environment }).contribution.probes ?? [];
}

describe("Kerberos is tried", () => {
  const base = { KERBEROS_ENABLED: "true", KERBEROS_KEYTAB: "/keytab" };

  it("at every KDC that is named, and with the keytab", () => {
    const KERBEROS_KDC = "kdc1,kdc2:750,LAB=kdc.lab";
    const files = { "/keytab": keytab };
    const realm = {
      where: ["KERBEROS_KDC"],
      realm: "CORP",
      kdcs: [
        { host: "kdc1", port: 88 },
        { host: "kdc2", port: 750 },
      ],
      overUdp: false,
    };
    expect(probesOf(kerberos, { ...base, KERBEROS_REALM: "CORP", KERBEROS_KDC }, { files })).toEqual([
      expect.objectContaining({ what: "the KDCs of CORP", realm }),
      expect.objectContaining({ what: "the login of flink@CORP", login: { ...login, realms: [realm] } }),
    ]);
  });

  it("at the KDCs of a mounted krb5.conf, over UDP too where that says nothing against it", () => {
    const conf =
      "[libdefaults]\n default_realm = CORP\n[realms]\n CORP = {\n  kdc = tcp/a\n  kdc = b:89\n }\n OTHER = {\n  kdc = c\n }\n";
    const files = { "/keytab": keytab, "/krb5.conf": conf };
    const [probe] = probesOf(kerberos, { ...base, KERBEROS_KRB5_CONF: "/krb5.conf" }, { files });
    expect(probe).toMatchObject({
      realm: {
        realm: "CORP",
        kdcs: [
          { host: "a", port: 88 },
          { host: "b", port: 89 },
        ],
        overUdp: true,
      },
    });
  });

  it("without a login where the keytab is no good", () => {
    const probes = probesOf(kerberos, { ...base, KERBEROS_REALM: "CORP", KERBEROS_KDC: "kdc" });
    expect(probes.map(({ what }) => what)).toEqual(["the KDCs of CORP"]);
  });
});

describe("Kafka is tried", () => {
  const servers = { KAFKA_BOOTSTRAP_SERVERS: "SSL://a:1, b:2" };

  it.each([
    ["without SASL", {}, undefined],
    ["with a ticket", { KAFKA_KERBEROS_ENABLED: "true" }, { mechanism: "GSSAPI", service: "kafka", login }],
    ["with OAUTHBEARER as far as it is known", { KAFKA_SASL_MECHANISM: "OAUTHBEARER" }, { mechanism: "unknown" }],
    [
      "with neither where both are asked for",
      { KAFKA_KERBEROS_ENABLED: "true", KAFKA_SASL_MECHANISM: "PLAIN" },
      { mechanism: "unknown" },
    ],
  ])("%s", (_how, environment, sasl) => {
    const addresses = [
      { host: "a", port: 1 },
      { host: "b", port: 2 },
    ];
    expect(probesOf(kafka, { ...servers, ...environment }, { outputs })).toEqual([
      expect.objectContaining({
        what: "Kafka at a:1, b:2",
        client: { where: ["KAFKA_BOOTSTRAP_SERVERS"], servers: addresses, tls: undefined, sasl },
      }),
    ]);
  });

  it("with TLS, a client certificate and a password", () => {
    const environment = {
      ...servers,
      KAFKA_SSL_ENABLED: "true",
      KAFKA_SSL_VERIFY_HOSTNAME: "false",
      KAFKA_SSL_DIR: "/tls",
      KAFKA_SASL_MECHANISM: "PLAIN",
      KAFKA_SASL_USERNAME: "flink",
      KAFKA_SASL_PASSWORD: "planted",
    };
    const files = { "/tls/tls.crt": "[leaf.crt]", "/tls/tls.key": "[leaf.key]", "/tls/ca.crt": "[ca.crt]" };
    const probes = probesOf(kafka, environment, { files });
    expect(probes).toMatchObject([
      {
        client: {
          tls: { unverifiedBy: "KAFKA_SSL_VERIFY_HOSTNAME", identity: { chain: [expect.any(Uint8Array)] } },
          sasl: { mechanism: "PLAIN", username: "flink" },
        },
      },
    ]);
    expect(JSON.stringify(probes)).not.toContain("planted");
  });
});

describe("HDFS is tried", () => {
  it.each([
    ["hdfs://nn", [{ host: "nn", port: 8020 }]],
    ["hdfs://nn:9000/", [{ host: "nn", port: 9000 }]],
    ["s3a://bucket", undefined],
  ])("at %s", (HDFS_DEFAULT_FS, nodes) => {
    const [probe] = probesOf(hadoop, { HDFS_DEFAULT_FS });
    expect(probe instanceof NamenodesProbe ? probe.fileSystem.nodes : undefined).toEqual(nodes);
  });

  it("at every NameNode of a name service, and whatever tokens are fetched for", () => {
    const environment = {
      HDFS_KERBEROS_ENABLED: "true",
      HDFS_DEFAULT_FS: "hdfs://lake",
      HDFS_NAMENODES: "a,b:9000",
      HDFS_FILE_SYSTEMS: "hdfs://archive:8021",
    };
    const expected = { principal: "hdfs/_HOST@CORP", login };
    expect(probesOf(hadoop, environment, { outputs })).toEqual([
      expect.objectContaining({
        fileSystem: {
          where: ["HDFS_NAMENODES"],
          nodes: [
            { host: "a", port: 8020 },
            { host: "b", port: 9000 },
          ],
          kerberos: expected,
        },
      }),
      expect.objectContaining({
        fileSystem: {
          where: ["HDFS_FILE_SYSTEMS"],
          nodes: [{ host: "archive", port: 8021 }],
          kerberos: expected,
        },
      }),
    ]);
  });
});

describe("a search cluster is tried", () => {
  it("at every host, with the user behind a Secret", () => {
    const probes = probesOf(search, {
      ELASTICSEARCH_HOSTS: "https://a/path,b:1",
      ELASTICSEARCH_USERNAME: "flink",
      ELASTICSEARCH_PASSWORD: "planted",
    });
    expect(probes).toMatchObject([
      {
        node: {
          address: { host: "a", port: 9200 },
          path: "/path",
          tls: { trustVariable: "ELASTICSEARCH_SSL_CA_DIR" },
        },
      },
      { node: { address: { host: "b", port: 1 }, path: "/", tls: undefined } },
    ]);
    expect(JSON.stringify(probes)).not.toContain("planted");
    const [first] = probes;
    const authorization = first instanceof SearchNodeProbe ? first.node.authorization : undefined;
    expect(authorization && openSecret(authorization)).toBe(`Basic ${Buffer.from("flink:planted").toString("base64")}`);
  });
});
