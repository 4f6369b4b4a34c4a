import { describe, expect, it } from "vitest";
import { tlsRest } from "../../../src/features/tls-rest.ts";
import { planFeature, type World } from "../../support/plan-feature.ts";

function plan(names: Readonly<Record<string, string>>, world: World = {}) {
  const files = Object.fromEntries(Object.entries(names).map(([name, content]) => [`/certs/rest/${name}`, content]));
  return planFeature(tlsRest, {
    ...world,
    files,
    environment: { FLINK_SSL_REST_ENABLED: "true", ...world.environment },
  });
}

const issued = { "tls.crt": "[leaf.crt]", "tls.key": "[leaf.key]" };
const mutual = { FLINK_SSL_REST_AUTHENTICATION_ENABLED: "true" };

describe("one-sided TLS", () => {
  it("needs no CA: clients then trust what the JDK trusts", () => {
    const planned = plan(issued);
    expect(planned.problemLines).toEqual([]);
    expect(Object.keys(planned.conf)).not.toContain("security.ssl.rest.truststore");
    expect(planned.contribution.files?.map(({ path }) => path)).toEqual([
      "/tmp/sluice-9999/jobmanager/tls-rest/keystore.p12",
    ]);
  });

  it("gives clients the CA if there is one", () => {
    const planned = plan({ ...issued, "ca.crt": "[ca.crt]" });
    expect(planned.conf).toMatchObject({
      "security.ssl.rest.enabled": "true",
      "security.ssl.rest.keystore": "/tmp/sluice-9999/jobmanager/tls-rest/keystore.p12",
      "security.ssl.rest.truststore": "/tmp/sluice-9999/jobmanager/tls-rest/truststore.p12",
      "security.ssl.protocol": "TLSv1.3",
    });
    expect(Object.keys(planned.conf)).not.toContain("security.ssl.rest.authentication-enabled");
  });

  it("takes a certificate for servers only", () => {
    expect(plan({ "tls.crt": "[server-only.crt]", "tls.key": "[server-only.key]" }).problemLines).toEqual([]);
  });
});

describe("mutual TLS", () => {
  it("is Flink's flag", () => {
    const planned = plan({ ...issued, "ca.crt": "[ca.crt]" }, { environment: mutual });
    expect(planned.problemLines).toEqual([]);
    expect(planned.conf["security.ssl.rest.authentication-enabled"]).toBe("true");
  });

  // Flink asks for no client certificate when there is no truststore, whatever the flag says (SSLUtils).
  it("needs a CA", () => {
    expect(plan(issued, { environment: mutual }).problems.map(({ code }) => code)).toEqual(["tls/no-truststore"]);
  });

  it("needs a certificate for clients too, as Flink's own show the server's", () => {
    const { problemLines } = plan(
      { "tls.crt": "[issued-server-only.crt]", "tls.key": "[issued-server-only.key]", "ca.crt": "[ca.crt]" },
      { environment: mutual },
    );
    expect(problemLines).toEqual([
      "tls/wrong-usage FLINK_SSL_REST_DIR: /certs/rest/tls.crt: its extended key usage lacks clientAuth",
    ]);
  });

  it("alone turns nothing on", () => {
    const { problemLines } = planFeature(tlsRest, { environment: mutual });
    expect(problemLines).toEqual([
      "tls/not-enabled FLINK_SSL_REST_AUTHENTICATION_ENABLED: it needs FLINK_SSL_REST_ENABLED=true",
    ]);
  });
});

describe("host names", () => {
  const files = { ...issued, "ca.crt": "[ca.crt]" };
  it.each([
    ["true", "2.3.0", "true"],
    ["false", "2.3.0", "false"],
    ["false", "2.2.1", undefined],
  ])("FLINK_SSL_REST_VERIFY_HOSTNAME=%s on Flink %s gives %s", (value, flinkVersion, expected) => {
    const planned = plan(files, {
      flinkVersion,
      command: ["taskmanager"],
      environment: { FLINK_SSL_REST_VERIFY_HOSTNAME: value },
    });
    expect(planned.problemLines).toEqual([]);
    expect(planned.conf["security.ssl.rest.verify-hostname"]).toBe(expected);
  });

  it("cannot be verified before Flink 2.3", () => {
    const { problems } = plan(files, {
      flinkVersion: "1.20.5",
      environment: { FLINK_SSL_REST_VERIFY_HOSTNAME: "true" },
    });
    expect(problems.map(({ code }) => code)).toContain("tls/host-verification");
  });

  it.each<[Record<string, string>, boolean]>([
    [{ "jobmanager.rpc.address": "flink-jobmanager" }, true],
    [{ "jobmanager.rpc.address": "jobmanager" }, false],
    [{ "jobmanager.rpc.address": "jobmanager", "rest.address": "flink-jobmanager" }, true],
  ])("when verified, the certificate must name the JobManager: %j", (conf, accepted) => {
    const { problems } = plan(files, { conf, environment: { FLINK_SSL_REST_VERIFY_HOSTNAME: "true" } });
    expect(problems.map(({ code }) => code)).toEqual(accepted ? [] : ["tls/host-not-named"]);
  });
});

it("turns the history server's own switch on", () => {
  expect(plan(issued, { command: ["history-server"] }).conf["historyserver.web.ssl.enabled"]).toBe("true");
  expect(plan(issued).conf["historyserver.web.ssl.enabled"]).toBeUndefined();
});
