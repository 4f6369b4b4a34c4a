import { describe, expect, it } from "vitest";
import { isSecretKey, isSecretVariable, withoutCredentials } from "../../../src/formats/secret-values.ts";

describe("withoutCredentials", () => {
  it.each([
    ["https://flink:planted@es:9200", "https://…@es:9200"],
    ["SASL_SSL://flink:planted@kafka:9093", "SASL_SSL://…@kafka:9093"],
    ["flink:pl@n/ted@es:9200", "…@es:9200"],
    // A list is split at commas, also those of a password.
    ["https://flink:plan", "https://flink:…"],
    ["flink:plan", "flink:…"],
    ["ted@es:9200", "…@es:9200"],
    ["ftp://es:9200/a", "ftp://es:9200/a"],
    ["es:9200", "es:9200"],
    ["es", "es"],
    ["[::1]:9200", "[::1]:9200"],
  ])("%s is shown as %s", (address, shown) => {
    expect(withoutCredentials(address)).toBe(shown);
  });
});

describe("isSecretKey", () => {
  it.each([
    ..."basic.auth.user.info fs.s3a.encryption.key fs.azure.sas.container.account fs.azure.sas.fixed.token".split(" "),
    ..."fs.gs.auth.service.account.private.key ssl.keystore.key s3.access-key job.dsn my_pass".split(" "),
  ])("%s is secret", (key) => {
    expect(isSecretKey(key)).toBe(true);
  });

  it.each("rest.port state.backend.type pipeline.name compass.direction ssl.keystore.type key.fields".split(" "))(
    "%s is not",
    (key) => {
      expect(isSecretKey(key)).toBe(false);
    },
  );

  it("knows the working directory from a password", () => {
    expect(["PWD", "OLDPWD", "MYSQL_PWD", "DB_PASS", "PATH", "COMPASS"].filter(isSecretVariable)).toEqual([
      "MYSQL_PWD",
      "DB_PASS",
    ]);
  });
});
