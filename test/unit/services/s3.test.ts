import { describe, expect, it } from "vitest";
import type { Network } from "../../../src/core/system/network.ts";
import type { MergedFlinkConf } from "../../../src/core/feature/feature.ts";
import { openSecret, Secret } from "../../../src/secret.ts";
import { bucketsOf, credentialsOf, endpointOf } from "../../../src/services/s3/connection.ts";
import { objectStorage } from "../../../src/services/s3/index.ts";
import { judgeAnswer } from "../../../src/services/s3/probe/judge-answer.ts";
import { bucketAddress, listRequest } from "../../../src/services/s3/probe/list-request.ts";
import { planFeature } from "../../support/plan-feature.ts";

const unset = () => undefined;
const neverAsked = {} as Network;

function conf(keys: Record<string, string | Secret>): MergedFlinkConf {
  return new Map(Object.entries(keys).map(([key, value]) => [key, { value, owner: "FLINK_PROPERTIES" }]));
}

const bucket = {
  where: ["FLINK_PROPERTIES", "state.savepoints.dir"],
  name: "state",
  prefix: "flink",
  endpoint: {
    where: [],
    scheme: "https",
    address: { host: "s3.eu-central-1.amazonaws.com", port: 443 },
    region: "eu-central-1",
    isPathStyle: false,
  },
  credentials: { where: ["AWS_ACCESS_KEY_ID"], id: "AKIAIOSFODNN7EXAMPLE", secret: "secret", token: "token" },
  tls: { trustVariable: "S3_SSL_CA_DIR", unverifiedBy: undefined, identity: undefined, identityHint: "" },
} as const;

describe("buckets", () => {
  it("are those of every path, each once with its shortest prefix", () => {
    const paths = {
      "execution.checkpointing.dir": "s3://state/flink/checkpoints/",
      "execution.checkpointing.savepoint-dir": "sealed+s3p://state/flink",
      "high-availability.storageDir": "s3a://ha",
      "io.tmp.dirs": "/tmp",
      "pipeline.name": "s3://",
    };
    expect(bucketsOf(conf(paths)).map(({ name, prefix }) => [name, prefix])).toEqual([
      ["state", "flink"],
      ["ha", ""],
    ]);
  });

  it.each([
    [{}, "https s3.us-east-1.amazonaws.com:443 false"],
    [{ "s3.endpoint.region": "eu-west-1" }, "https s3.eu-west-1.amazonaws.com:443 false"],
    [{ "s3.endpoint": "minio:9000", "s3.path.style.access": "TRUE" }, "https minio:9000 true"],
    [{ "s3.endpoint": "minio:9000", "s3.connection.ssl.enabled": "false" }, "http minio:9000 false"],
    [{ "fs.s3a.endpoint": "HTTP://[::1]:1/", "presto.s3.path-style-access": "true" }, "http ::1:1 true"],
  ])("%j are asked at %s", (keys, expected) => {
    const found = endpointOf(conf(keys), unset);
    expect(`${found?.scheme} ${found?.address.host}:${found?.address.port} ${found?.isPathStyle}`).toBe(expected);
  });

  it("are asked with the configuration's key, else with the environment's", () => {
    const environment = new Map(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map((name) => [name, `of ${name}`]));
    const variable = (name: string) => environment.get(name);
    const keys = { "s3.access-key": "a", "s3.secret-key": new Secret("test", () => "b") };
    expect(credentialsOf(conf(keys), variable)).toMatchObject({ where: ["FLINK_PROPERTIES", "s3.access-key"] });
    expect(credentialsOf(conf({}), variable)).toMatchObject({ where: ["AWS_ACCESS_KEY_ID"] });
    expect(credentialsOf(conf({}), unset)).toBeUndefined();
  });
});

describe("a bucket's address", () => {
  it.each([
    ["state", "s3.example.com", false, "state.s3.example.com"],
    ["state", "s3.example.com", true, "s3.example.com"],
    ["state", "10.0.0.5", false, "10.0.0.5"],
    ["state", "::1", false, "::1"],
    ["My_State", "s3.example.com", false, "s3.example.com"],
  ])("%s at %s, path style %s: %s", (name, host, isPathStyle, expected) => {
    const endpoint = { ...bucket.endpoint, address: { host, port: 443 }, isPathStyle };
    expect(bucketAddress({ ...bucket, name, endpoint }).host).toBe(expected);
  });
});

describe("an endpoint without TLS", () => {
  it.each([
    [{ "s3.endpoint": "http://minio:9000" }, 1],
    [{ "s3.endpoint": "minio:9000", "fs.s3a.connection.ssl.enabled": "false" }, 1],
    [{ "s3.endpoint": "minio:9000", "presto.s3.ssl.enabled": "FALSE" }, 1],
    [{ "s3.endpoint": "minio:9000" }, 0],
    [{ "s3.endpoint": "https://minio:9000", "s3.connection.ssl.enabled": "false" }, 0],
    [{ "s3.endpoint": "localhost:9000", "s3.connection.ssl.enabled": "false" }, 0],
  ])("is a warning: %j", (keys, count) => {
    const { contribution } = planFeature(objectStorage, {});
    expect(contribution.requires?.(conf(keys))).toHaveLength(count);
  });
});

describe("credentials", () => {
  const environment = new Map([
    ["AWS_ACCESS_KEY_ID", "id"],
    ["AWS_SECRET_ACCESS_KEY", "secret"],
    ["AWS_SESSION_TOKEN", "token"],
  ]);
  const variable = (name: string) => environment.get(name);

  it("of two places are never mixed", () => {
    const keys = { "s3.access-key": "a", "s3.secret-key": "b" };
    expect(credentialsOf(conf(keys), variable)).toMatchObject({ id: "a", secret: "b", token: undefined });
    expect(credentialsOf(conf({ "s3.access-key": "a" }), variable)).toBeUndefined();
    expect(credentialsOf(conf({}), variable)).toMatchObject({ id: "id", secret: "secret", token: "token" });
  });

  it.each(["id\n", "i\r\nX-Foo: bar", "id\0"])("with a control character are not sent: %j", async (id) => {
    const { contribution } = planFeature(objectStorage, {});
    const keys = { "execution.checkpointing.dir": "s3://state", "s3.access-key": id, "s3.secret-key": "b" };
    const probes = contribution.confProbes?.(conf(keys)) ?? [];
    const findings = await Promise.all(probes.map((probe) => probe.run({ network: neverAsked, anchors: unset })));
    expect(findings.flat()).toMatchObject([{ level: "warning", text: expect.stringContaining("control character") }]);
  });
});

describe("a bucket that cannot be asked", () => {
  const path = { "execution.checkpointing.dir": "s3://state/flink" };
  const key = { "s3.access-key": "a", "s3.secret-key": "b" };

  it.each([
    [path, "info", "no access key is set"],
    [{ ...path, ...key, "s3.endpoint": "not a URL" }, "warning", "not a valid URL"],
  ])("is reported: %j", async (keys, level, text) => {
    const { contribution } = planFeature(objectStorage, {});
    const probes = contribution.confProbes?.(conf(keys)) ?? [];
    const findings = await Promise.all(probes.map((probe) => probe.run({ network: neverAsked, anchors: unset })));
    expect(findings.flat()).toEqual([
      { level, where: ["FLINK_PROPERTIES", "execution.checkpointing.dir"], text: expect.stringContaining(text) },
    ]);
  });
});

describe("a listing", () => {
  it("is signed for the bucket's own host, and shows no secret", () => {
    const request = listRequest(bucket, new Date("2026-06-15T12:00:00.123Z"));
    expect(String(request)).not.toContain("secret-");
    const text = Buffer.from(openSecret(request)).toString();
    expect(text).toMatch(/^GET \/\?list-type=2&max-keys=1&prefix=flink%2F HTTP\/1\.1\r\n/);
    expect(text).toContain("Host: state.s3.eu-central-1.amazonaws.com\r\n");
    expect(text).toContain("X-Amz-Date: 20260615T120000Z\r\n");
    expect(text).toContain("X-Amz-Security-Token: token\r\n");
    expect(text).toContain("Credential=AKIAIOSFODNN7EXAMPLE/20260615/eu-central-1/s3/aws4_request");
    expect(text).not.toContain("secret\r\n");
  });

  // What moto does not do; the texts are those of the S3 API's error responses.
  it.each([
    ["ExpiredToken", 400, "", "bucket/expired-token"],
    ["RequestTimeTooSkewed", 403, "", "bucket/clock-skew"],
    ["PermanentRedirect", 301, "", "bucket/wrong-region"],
    ["AuthorizationHeaderMalformed", 400, "<Region>eu-west-1</Region>", "bucket/wrong-region"],
  ])("whose answer is %s (%i) is a problem", (name, status, more, code) => {
    const body = `<Error><Code>${name}</Code>${more}</Error>`;
    const finding = judgeAnswer({ status, body }, bucket);
    expect(finding).toMatchObject({ code });
    expect(finding.hint).toContain(more === "" ? "" : "set s3.endpoint.region to eu-west-1");
  });
});
