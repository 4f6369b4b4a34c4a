import { describe, expect, it } from "vitest";
import { tlsConf } from "../../../src/features/tls-conf.ts";
import { tlsInternal } from "../../../src/features/tls-internal.ts";
import { planFeature } from "../../support/plan-feature.ts";

const on = { "security.ssl.internal.enabled": "true" };
const ours = {
  "security.ssl.protocol": "TLSv1.3",
  "security.ssl.algorithms": "TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
};

function lines(conf: Readonly<Record<string, string>>, flinkVersion = "2.3.0"): readonly string[] {
  const { problemLines, noticeLines } = planFeature(tlsConf, { conf, flinkVersion });
  return [...problemLines, ...noticeLines];
}

describe("security.ssl.enabled", () => {
  it("is a problem on 2.x, where it would turn nothing on", () => {
    expect(lines({ "security.ssl.enabled": "true" })).toEqual([
      "tls/not-read config.yaml: security.ssl.enabled: Flink 2.3.0 does not read it: nothing would be encrypted",
    ]);
  });

  it.each(["security.ssl.internal.enabled", "security.ssl.rest.enabled"])("is a warning beside %s", (key) => {
    expect(lines({ "security.ssl.enabled": "true", [key]: "true" })).toEqual([
      "warning config.yaml: security.ssl.enabled: Flink 2.3.0 does not read it",
    ]);
  });

  it.each([
    ["true", "1.20.5"],
    ["false", "2.3.0"],
  ])("set to %s is fine on %s", (value, version) => {
    expect(lines({ "security.ssl.enabled": value }, version)).toEqual([]);
  });
});

it.each(["security.ssl.reload", "security.ssl.verify-hostname"])("warns that nothing reads %s", (key) => {
  expect(lines({ [key]: "true" })).toEqual([expect.stringMatching(`^warning config.yaml: ${key}: no Flink`)]);
});

describe("protocol and suites", () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ "security.ssl.protocol": "TLSv1.2" }, undefined],
    [
      { "security.ssl.protocol": "TLSv1.2,TLSv1.3" },
      "tls/protocol-unusable config.yaml: security.ssl.protocol: Pekko takes one protocol, not TLSv1.2,TLSv1.3",
    ],
    [
      { "security.ssl.protocol": "TLSv1.1" },
      "tls/protocol-unusable config.yaml: security.ssl.protocol: Java does not use TLSv1.1",
    ],
    [
      { "security.ssl.algorithms": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" },
      "tls/suites-unusable config.yaml: security.ssl.algorithms: none of these suites is one of TLSv1.3",
    ],
    [
      { "security.ssl.protocol": "TLSv1.2", "security.ssl.algorithms": "TLS_AES_128_GCM_SHA256" },
      "tls/suites-unusable config.yaml: security.ssl.algorithms: none of these suites is one of TLSv1.2",
    ],
    [
      { "security.ssl.algorithms": "TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384" },
      "tls/suites-unusable config.yaml: security.ssl.algorithms: Flink takes the spaces as part of a suite's name",
    ],
  ])("%j", (conf, problem) => {
    expect(lines({ ...on, ...ours, ...conf })).toEqual(problem === undefined ? [] : [problem]);
  });

  it("are nobody's concern while TLS is off", () => {
    expect(lines({ "security.ssl.protocol": "TLSv1.1", "security.ssl.algorithms": "X" })).toEqual([]);
  });

  const rsaOnly = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
  const ecOnly = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
  it.each([
    ["ec", "TLSv1.2", rsaOnly, false],
    ["ec", "TLSv1.2", `${rsaOnly},${ecOnly}`, true],
    ["rsa", "TLSv1.2", ecOnly, false],
    ["rsa", "TLSv1.2", rsaOnly, true],
    ["ec", "TLSv1.3", `TLS_AES_128_GCM_SHA256,${rsaOnly}`, true],
  ])("must suit the key: %s with %s and %s", (key, protocol, algorithms, works) => {
    const { problemLines } = planFeature(tlsInternal, {
      environment: { FLINK_SSL_INTERNAL_ENABLED: "true" },
      files: { "/certs/internal/tls.crt": `[${key}.crt]`, "/certs/internal/tls.key": `[${key}.key]` },
      conf: { "security.ssl.protocol": protocol, "security.ssl.algorithms": algorithms },
    });
    const line = `tls/suites-unusable config.yaml: security.ssl.algorithms: none of these suites works with the ${key.toUpperCase()} key`;
    expect(problemLines).toEqual(works ? [] : [line]);
  });
});

describe("a part of internal communication", () => {
  it.each(["pekko.ssl.enabled", "blob.service.ssl.enabled", "taskmanager.data.ssl.enabled"])(
    "must not be off while internal TLS is on: %s",
    (key) => {
      expect(lines({ ...on, ...ours, [key]: "False" })).toEqual([
        `tls/part-off config.yaml: ${key}: it takes part of the communication out of TLS`,
      ]);
      expect(lines({ [key]: "False" })).toEqual([]);
    },
  );
});
