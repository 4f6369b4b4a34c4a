import { describe, expect, it } from "vitest";
import { declarations } from "../../../src/cli/environment-reference.ts";
import { printNotice } from "../../../src/core/findings/print-problems.ts";
import { parseSettings } from "../../../src/core/settings/settings.ts";
import { fakeSystem } from "../../support/fake-system.ts";

function hints(name: string, value = "true"): string {
  const { notices } = parseSettings(declarations, { [name]: value }, fakeSystem());
  return notices.flatMap(printNotice).join("\n");
}

describe("a variable that is nearly one of ours", () => {
  it.each([
    ["KAFKA_SSL_ENABLE", "KAFKA_SSL_ENABLED"],
    ["S3_SSL_ENABLD", "S3_SSL_ENABLED"],
    ["KAFKA_SSL_CA_DIRS", "KAFKA_SSL_CA_DIR"],
    ["POSTGRES_SSL_CADIR", "POSTGRES_SSL_CA_DIR"],
    ["FLINK_PROPERTY", "FLINK_PROPERTIES"],
    ["KAFKA_BOOTSTRAP_SERVER", "KAFKA_BOOTSTRAP_SERVERS"],
  ])("%s is told: did you mean %s?", (name, meant) => {
    expect(hints(name)).toContain(`did you mean ${meant}?`);
  });

  it.each(["POSTGRES_SSL_MODE", "MYSQL_SSL_CA", "FLINK_VERSION", "NODE_SSL_CERT_DIR", "SSL_CERT_DIR", "HOSTNAME"])(
    "%s is somebody else's",
    (name) => {
      expect(hints(name)).toBe("");
    },
  );

  it.each([
    ["KAFKA_SECURITY_PROTOCOL", "KAFKA_SASL_MECHANISM"],
    ["KAFKA_SASL_JAAS_CONFIG", "KAFKA_SASL_USERNAME"],
    ["KAFKA_SSL_TRUSTSTORE_LOCATION", "KAFKA_SSL_CA_DIR"],
    ["KAFKA_OPTS", "env.java.opts.all"],
  ])("%s of another image is told what to set", (name, instead) => {
    expect(hints(name)).toContain(`${name}: this is a variable of another image; Sluice ignores it`);
    expect(hints(name)).toContain(instead);
  });
});
