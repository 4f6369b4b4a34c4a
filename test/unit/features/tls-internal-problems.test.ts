import { describe, expect, it } from "vitest";
import { tlsInternal } from "../../../src/features/tls-internal.ts";
import { planFeature } from "../../support/plan-feature.ts";
import { planInternal, withKeyPassword, withStorePassword } from "../../support/plan-internal.ts";

describe("problems of internal TLS", () => {
  const dir = "FLINK_SSL_INTERNAL_DIR: /certs/internal";
  const issuedKey = { "tls.key": "[leaf.key]", "ca.crt": "[ca.crt]" };

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ["dir-unreadable", {}, {}, `${dir}: no such folder`],
    ["files-missing", { "tls.crt": "[ec.crt]" }, {}, `${dir}: no key and certificate among tls.crt`],
    [
      "bad-certificate",
      { "tls.crt": "[ec.crt unclosed]", "tls.key": "[ec.key]" },
      {},
      `${dir}/tls.crt: line 1: PEM block is not closed`,
    ],
    [
      "bad-key",
      { "tls.crt": "[ec.crt]", "tls.key": "[ec.crt]" },
      {},
      `${dir}/tls.key: line 1: the file holds a certificate, not a private key`,
    ],
    [
      "bad-key",
      { "tls.crt": "[rsa.crt]", "tls.key": "[rsa.encrypted.key]" },
      {},
      `${dir}/tls.key: line 1: the private key is encrypted and there is no password`,
    ],
    [
      "key-mismatch",
      { "tls.crt": "[ec.crt]", "tls.key": "[other.key]" },
      {},
      `${dir}/tls.key: the private key does not belong to the certificate CN=flink.internal`,
    ],
    [
      "no-truststore",
      { "tls.crt": "[leaf.crt]", "tls.key": "[leaf.key]" },
      {},
      `${dir}/ca.crt: there is no CA to verify peers with, and tls.crt is not self-signed: CN=Example CA issued it`,
    ],
    [
      "no-truststore",
      { "tls.crt": "[leaf.crt]", "tls.key": "[leaf.key]", "ca.crt": "" },
      {},
      `${dir}/ca.crt: there is no CA to verify peers with, and tls.crt is not self-signed: CN=Example CA issued it`,
    ],
    [
      "chain-incomplete",
      { "tls.crt": "[leaf.crt]", ...issuedKey, "ca.crt": "[foreign-ca.crt]" },
      {},
      `${dir}/tls.crt: nothing in /certs/internal/ca.crt issued CN=flink-jobmanager; its issuer is CN=Example CA`,
    ],
    [
      "chain-incomplete",
      { "tls.crt": "[leaf.crt]", ...issuedKey, "ca.crt": "[ca-renewed.crt]" },
      {},
      `${dir}/tls.crt: /certs/internal/ca.crt has a certificate of CN=Example CA, but another one with that name issued CN=flink-jobmanager`,
    ],
    [
      "chain-incomplete",
      { "tls.crt": "[deep.crt]", "tls.key": "[deep.key]", "ca.crt": "[ca.crt]" },
      {},
      `${dir}/tls.crt: nothing in /certs/internal/ca.crt issued CN=flink-jobmanager; its issuer is CN=Example Issuing CA`,
    ],
    [
      "expired",
      { "tls.crt": "[expired.crt]", "tls.key": "[expired.key]" },
      {},
      `${dir}/tls.crt: CN=flink.internal expired on 2026-06-01`,
    ],
    [
      "not-yet-valid",
      { "tls.crt": "[future.crt]", "tls.key": "[future.key]" },
      {},
      `${dir}/tls.crt: CN=flink.internal is not valid before 2026-07-01`,
    ],
    [
      "wrong-usage",
      { "tls.crt": "[issued-server-only.crt]", "tls.key": "[issued-server-only.key]", "ca.crt": "[ca.crt]" },
      {},
      `${dir}/tls.crt: its extended key usage lacks clientAuth`,
    ],
    [
      "wrong-usage",
      { "tls.crt": "[intermediate.crt]", "tls.key": "[intermediate.key]", "ca.crt": "[ca.crt]" },
      {},
      `${dir}/tls.crt: its key usage lacks digitalSignature`,
    ],
    [
      "no-password",
      { "keystore.p12": "[leaf.keystore.p12]" },
      {},
      `${dir}/keystore.p12: a keystore needs its password`,
    ],
    [
      "bad-keystore",
      { "keystore.p12": "[leaf.keystore.p12]", "truststore.p12": "[ca.truststore.p12]" },
      withKeyPassword,
      `${dir}/keystore.p12: the password is wrong for this keystore, or the keystore is damaged`,
    ],
    [
      "no-key",
      { "keystore.p12": "[ca.truststore.p12]", "truststore.p12": "[ca.truststore.p12]" },
      withStorePassword,
      `${dir}/keystore.p12: the keystore holds no private key with its certificate`,
    ],
    [
      "no-trusted",
      { "keystore.p12": "[leaf.keystore.p12]", "truststore.p12": "[ca.nokeys.p12]" },
      withStorePassword,
      `${dir}/truststore.p12: no certificate in it (there is 1) is marked as trusted, as openssl pkcs12 -nokeys leaves them, so Java trusts nobody`,
    ],
    [
      "no-truststore",
      { "keystore.p12": "[leaf.keystore.p12]" },
      withStorePassword,
      `${dir}/keystore.p12: there is no truststore beside it, and its certificate is not self-signed`,
    ],
  ])("%s: %j", (code, files, environment, line) => {
    const planned = planInternal(files, { environment });
    expect(planned.problemLines[0]).toBe(`tls/${code} ${line}`);
    expect(planned.conf["security.ssl.internal.enabled"]).toBe("true");
  });

  it("says which variable a missing password comes from", () => {
    const { problems } = planInternal({ "tls.crt": "[rsa.crt]", "tls.key": "[rsa.encrypted.key]" });
    expect(problems[0]?.hint).toContain("FLINK_SSL_INTERNAL_PASSWORD_FILE");
  });

  it("refuses a store password that Flink cannot pass on", () => {
    const environment = { FLINK_SSL_INTERNAL_PASSWORD: 'planted"' };
    const { problems } = planInternal(
      { "keystore.p12": "[leaf.keystore.p12]" },
      { environment, system: { readKeystore: () => ({ kind: "keystore", format: "pkcs12", entries: [] }) } },
    );
    expect(problems.map(({ code }) => code)).toEqual(["tls/unfit-password"]);
  });

  it.each(["FLINK_SSL_INTERNAL_VERIFY_HOSTNAME", "FLINK_SSL_INTERNAL_PIN"])("%s alone turns nothing on", (name) => {
    const { problemLines } = planFeature(tlsInternal, { environment: { [name]: "true" } });
    expect(problemLines).toEqual([`tls/not-enabled ${name}: it needs FLINK_SSL_INTERNAL_ENABLED=true`]);
  });
});
