import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openSecret } from "../../../src/secret.ts";
import { tlsInternal } from "../../../src/features/tls-internal.ts";
import { identity } from "../../support/identities.ts";
import { type PlannedFeature, planFeature } from "../../support/plan-feature.ts";
import { planInternal, withKeyPassword, withStorePassword } from "../../support/plan-internal.ts";
import { storePassword } from "../../support/planted.ts";

/** Planned stores by name, each entry as one line. */
function stores({ contribution }: PlannedFeature): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    (contribution.files ?? []).map(({ path, content }) => {
      if (content.kind !== "keystore") throw new Error(`${path} is no keystore`);
      const lines = content.entries.map((entry) =>
        entry.kind === "key"
          ? `${entry.alias}: ${entry.chain.map(({ commonName }) => commonName).join(" <- ")}`
          : `${entry.alias}: ${entry.certificate.sha256.slice(0, 8)}`,
      );
      return [path, lines];
    }),
  );
}

function short(name: string): string {
  return identity(name).certificate.sha256.slice(0, 8);
}

const keystore = "/tmp/sluice-9999/jobmanager/tls-internal/keystore.p12";
const truststore = "/tmp/sluice-9999/jobmanager/tls-internal/truststore.p12";

describe("PEM", () => {
  it("is off unless it is turned on", () => {
    expect(planFeature(tlsInternal, {}).contribution).toEqual({});
  });

  it("becomes stores in the run dir with a derived password", () => {
    const planned = planInternal({ "tls.crt": "[ec.crt]", "tls.key": "[ec.key]" });
    expect(planned.problemLines).toEqual([]);
    expect(stores(planned)).toEqual({
      [keystore]: ["flink: flink.internal"],
      [truststore]: [`ca-flink-internal: ${short("ec")}`],
    });
    expect(planned.contribution.files?.map(({ mode }) => mode)).toEqual([0o600, 0o600]);
    const masked = "<secret from the run dir's seed>";
    expect(planned.conf).toEqual({
      "security.ssl.internal.enabled": "true",
      "security.ssl.internal.keystore": keystore,
      "security.ssl.internal.keystore-password": masked,
      "security.ssl.internal.key-password": masked,
      "security.ssl.internal.truststore": truststore,
      "security.ssl.internal.truststore-password": masked,
      "security.ssl.internal.cert.fingerprint": new X509Certificate(identity("ec").certificate.der).fingerprint,
      "security.ssl.protocol": "TLSv1.3",
      "security.ssl.algorithms":
        "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    });
  });

  it.each<[string, string, string, Record<string, string>]>([
    ["RSA, PKCS#8", "[rsa.crt]", "[rsa.key]", {}],
    ["RSA, PKCS#1", "[rsa.crt]", "[rsa.pkcs1.key]", {}],
    ["EC, SEC1", "[p384.crt]", "[p384.sec1.key]", {}],
    ["an encrypted key", "[rsa.crt]", "[rsa.encrypted.key]", withKeyPassword],
    ["a key encrypted as OpenSSL did long ago", "[rsa.crt]", "[rsa.legacy.key]", withKeyPassword],
    ["a certificate in DER", "[ec.der]", "[ec.key]", {}],
    ["a password that is not needed", "[ec.crt]", "[ec.key]", withKeyPassword],
  ])("may be %s", (_what, certificate, key, environment) => {
    const planned = planInternal({ "tls.crt": certificate, "tls.key": key }, { environment });
    expect(planned.problemLines).toEqual([]);
    expect(stores(planned)[keystore]).toEqual(["flink: flink.internal"]);
  });

  it.each([
    ["in order", "[deep+intermediate.crt]"],
    ["the wrong way round", "[intermediate+deep.crt]"],
    ["with certificates that are no part of it", "[kafka+deep+intermediate.crt]"],
  ])("may have its chain %s", (_what, certificate) => {
    const planned = planInternal({ "tls.crt": certificate, "tls.key": "[deep.key]", "ca.crt": "[ca.crt]" });
    expect(planned.problemLines).toEqual([]);
    expect(stores(planned)).toEqual({
      [keystore]: ["flink: flink-jobmanager <- Example Issuing CA"],
      [truststore]: [`ca-example-ca: ${short("ca")}`],
    });
  });

  it("trusts every CA of ca.crt once, so that CAs can be rotated", () => {
    const planned = planInternal({
      "tls.crt": "[leaf.crt]",
      "tls.key": "[leaf.key]",
      "ca.crt": "[ca+ca-renewed+ca.crt]",
    });
    expect(stores(planned)[truststore]).toEqual([
      `ca-example-ca: ${short("ca")}`,
      `ca-example-ca-${short("ca-renewed")}: ${short("ca-renewed")}`,
    ]);
  });

  it("wins over the stores that cert-manager puts beside it", () => {
    const planned = planInternal({
      "tls.crt": "[leaf.crt]",
      "tls.key": "[leaf.key]",
      "ca.crt": "[ca.crt]",
      "keystore.p12": "[leaf.keystore.p12]",
      "truststore.p12": "[ca.truststore.p12]",
    });
    expect(planned.problemLines).toEqual([]);
    expect(planned.noticeLines).toEqual([
      "info FLINK_SSL_INTERNAL_DIR: /certs/internal: using tls.crt, tls.key, ca.crt; keystore.p12, truststore.p12 are not used",
    ]);
  });
});

describe("ready stores", () => {
  it.each([
    ["keystore.p12", "truststore.p12", {}],
    [
      "keystore.jks",
      "truststore.jks",
      { "security.ssl.internal.keystore-type": "JKS", "security.ssl.internal.truststore-type": "JKS" },
    ],
    ["keystore.p12", "truststore.jks", { "security.ssl.internal.truststore-type": "JKS" }],
  ])("%s and %s stay where they are", (key, trust, types) => {
    const planned = planInternal(
      { [key]: `[leaf.${key}]`, [trust]: `[ca.${trust}]` },
      { environment: withStorePassword },
    );
    expect(planned.problemLines).toEqual([]);
    expect(planned.contribution.files).toEqual([]);
    expect(planned.conf).toMatchObject({
      "security.ssl.internal.keystore": `/certs/internal/${key}`,
      "security.ssl.internal.truststore": `/certs/internal/${trust}`,
      "security.ssl.internal.key-password": "<secret from FLINK_SSL_INTERNAL_PASSWORD>",
      ...types,
    });
    const written = planned.contribution.flinkConf?.find((entry) => entry.key.endsWith("truststore-password"))?.value;
    expect(typeof written === "object" && openSecret(written)).toBe(storePassword);
  });

  it("may have the names of Flink's documentation", () => {
    const planned = planInternal(
      { "flink.keystore": "[leaf.keystore.jks]", "flink.truststore": "[ca.truststore.p12]" },
      { environment: withStorePassword },
    );
    expect(planned.conf["security.ssl.internal.truststore"]).toBe("/certs/internal/flink.truststore");
  });

  it("with a self-signed certificate are their own truststore", () => {
    const planned = planInternal({ "flink.keystore": "[ec.keystore.p12]" }, { environment: withStorePassword });
    expect(planned.problemLines).toEqual([]);
    expect(planned.conf["security.ssl.internal.truststore"]).toBe("/certs/internal/flink.keystore");
    expect(planned.conf).toHaveProperty(["security.ssl.internal.cert.fingerprint"]);
  });
});

describe("the pin", () => {
  const shared = { "tls.crt": "[ec.crt]", "tls.key": "[ec.key]" };
  const issued = { "tls.crt": "[leaf.crt]", "tls.key": "[leaf.key]", "ca.crt": "[ca.crt]" };
  it.each<[string, Record<string, string>, Record<string, string>, boolean]>([
    ["on for a shared certificate", shared, {}, true],
    ["off where another certificate is trusted too", { ...shared, "ca.crt": "[ec+other.crt]" }, {}, false],
    ["off for one that a CA issued", issued, {}, false],
    ["off when it is asked off", shared, { FLINK_SSL_INTERNAL_PIN: "false" }, false],
    ["on when it is asked for", issued, { FLINK_SSL_INTERNAL_PIN: "true" }, true],
  ])("is %s", (_what, files, environment, pinned) => {
    const planned = planInternal(files, { environment });
    expect(planned.problemLines).toEqual([]);
    expect(Object.keys(planned.conf).includes("security.ssl.internal.cert.fingerprint")).toBe(pinned);
    expect(planned.noticeLines).toHaveLength(pinned && files === issued ? 1 : 0);
  });
});

describe("host names", () => {
  const pod = { "tls.crt": "[pod.crt]", "tls.key": "[pod.key]", "ca.crt": "[ca.crt]" };
  const verify = { FLINK_SSL_INTERNAL_VERIFY_HOSTNAME: "true" };
  const command = ["taskmanager"];
  const shortName = "flink-taskmanager-0.flink.default.svc";
  const podName = `${shortName}.cluster.local`;

  it.each([
    ["1.20.5", {}, 0],
    ["2.2.1", {}, 0],
    ["2.3.0", {}, 1],
    ["2.10.0", {}, 1],
    ["2.3.0", verify, 0],
  ])("are verified by Flink %s with %j unless it gets %i JVM options", (flinkVersion, environment, count) => {
    const planned = planInternal(pod, { command, flinkVersion, environment, system: { hostname: podName } });
    expect(planned.contribution.jvmOptions).toHaveLength(count);
  });

  it.each<[string, Partial<{ hostname: string }>, Record<string, string>, boolean]>([
    ["its full name", { hostname: podName }, {}, true],
    ["its name without the cluster's domain, for which nobody asks", { hostname: shortName }, {}, false],
    ["its address", {}, { POD_IP: "127.0.0.1" }, true],
    ["another name", {}, {}, false],
  ])("when verified, must be in the certificate: %s", (_what, system, environment, accepted) => {
    const { problemLines } = planInternal(pod, { command, system, environment: { ...verify, ...environment } });
    const name = system.hostname ?? "flink-host.example.com";
    const line = `tls/host-not-named FLINK_SSL_INTERNAL_DIR: /certs/internal/tls.crt: it names none of ${name}`;
    expect(problemLines).toEqual(accepted ? [] : [line]);
  });

  it("need not be in a JobManager's certificate, which nobody verifies", () => {
    const environment = { ...verify };
    expect(planInternal(pod, { command: ["standalone-job"], environment }).problemLines).toEqual([]);
  });

  it("cannot be verified before Flink 2.3", () => {
    const { problems } = planInternal(pod, {
      command,
      environment: verify,
      flinkVersion: "2.2.1",
      system: { hostname: podName },
    });
    expect(problems.map(({ code }) => code)).toEqual(["tls/host-verification"]);
  });
});

it.each([
  [
    "soon",
    "warning FLINK_SSL_INTERNAL_DIR: /certs/internal/tls.crt: CN=flink.internal expires on 2026-06-30, in 14 days",
  ],
  ["weak", "warning FLINK_SSL_INTERNAL_DIR: /certs/internal/tls.crt: its RSA key has only 1024 bits"],
])("warns of a certificate that is %s", (name, line) => {
  const planned = planInternal({ "tls.crt": `[${name}.crt]`, "tls.key": `[${name}.key]` });
  expect(planned.problemLines).toEqual([]);
  expect(planned.noticeLines).toEqual([line]);
});
