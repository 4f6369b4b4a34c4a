import { describe, expect, it } from "vitest";
import { kerberos } from "../../../src/services/kerberos/index.ts";
import { openText } from "../../support/open-text.ts";
import { writeKeytab } from "../../support/keytabs.ts";
import { type PlannedFeature, planFeature, type World } from "../../support/plan-feature.ts";

const keytab = writeKeytab([{ principal: "flink@CORP", kvno: 3, encryptionType: 18 }]);

/** What Kerberos plans with a KDC, a principal and its keytab. */
function planKerberos(environment: Readonly<Record<string, string>> = {}, world: World = {}): PlannedFeature {
  return planFeature(kerberos, {
    ...world,
    environment: { KERBEROS_ENABLED: "true", KERBEROS_KDC: "kdc", KERBEROS_PRINCIPAL: "flink@CORP", ...environment },
    files: { "/certs/kerberos/krb5.keytab": keytab, ...world.files },
  });
}

function krb5Conf({ contribution }: PlannedFeature): string {
  const content = contribution.files?.[0]?.content;
  return content?.kind === "text" ? openText(content.text) : "";
}

describe("kerberos", () => {
  it("tells Flink, the JVM and other programs", () => {
    const planned = planKerberos();
    expect(planned.problemLines).toEqual([]);
    expect(planned.conf).toEqual({
      "security.kerberos.login.keytab": "/certs/kerberos/krb5.keytab",
      "security.kerberos.login.principal": "flink@CORP",
      "security.kerberos.login.use-ticket-cache": "false",
    });
    const path = "/tmp/sluice-9999/jobmanager/krb5.conf";
    expect(planned.contribution).toMatchObject({
      env: { KRB5_CONFIG: path },
      jvmOptions: [`-Djava.security.krb5.conf=${path}`],
      outputs: { kerberos: { realm: "CORP" } },
    });
  });

  it("takes the realm from the principal, unless it is given", () => {
    expect(krb5Conf(planKerberos())).toContain("default_realm = CORP\n");
    expect(krb5Conf(planKerberos({ KERBEROS_REALM: "X.Y", KERBEROS_KDC: "X.Y=kdc" }))).toContain(
      "default_realm = X.Y\n",
    );
  });

  it("asks every KDC, of every realm", () => {
    const text = krb5Conf(planKerberos({ KERBEROS_KDC: "a; b:1088 LAB=[::1]:88" }));
    expect(text.match(/^ {4}\S+ = \{$|^ {8}kdc = .*$/gm)).toEqual([
      "    CORP = {",
      "        kdc = a",
      "        kdc = b:1088",
      "    LAB = {",
      "        kdc = [::1]:88",
    ]);
  });

  it.each([
    ["kubernetes-jobmanager.sh kubernetes-session", "false"],
    ["jobmanager", undefined],
  ])("leaves the mounts of native Kubernetes to the pods of %s", (command, value) => {
    const { conf } = planKerberos({}, { command: command.split(" ") });
    expect(conf["kubernetes.decorator.kerberos-mount.enabled"]).toBe(value);
  });

  it("says which key it found, and never the key", () => {
    const two = writeKeytab([
      { principal: "flink@CORP", kvno: 2, encryptionType: 23 },
      { principal: "flink@CORP", kvno: 300, encryptionType: 18 },
      { principal: "kafka/a@CORP", kvno: 1, encryptionType: 18 },
    ]);
    expect(planKerberos({}, { files: { "/certs/kerberos/krb5.keytab": two } }).noticeLines).toEqual([
      "info KERBEROS_KEYTAB: /certs/kerberos/krb5.keytab: flink@CORP, kvno 300, aes256-cts-hmac-sha1-96, and older ones: kvno 2; also kafka/a@CORP",
    ]);
  });

  it("does not blame the keytab for a realm that is not known", () => {
    const { problemLines } = planKerberos({ KERBEROS_PRINCIPAL: "flink" });
    expect(problemLines).toEqual(["kerberos/no-realm KERBEROS_REALM: neither it nor KERBEROS_PRINCIPAL names a realm"]);
  });

  it("writes a mounted krb5.conf in the grammar that Java reads", () => {
    const text = "# ours\n[libdefaults]\n\tdefault_realm=CORP\n[realms]\nCORP = {\n kdc=kdc\n}\n";
    const planned = planFeature(kerberos, {
      environment: { KERBEROS_ENABLED: "true", KERBEROS_KRB5_CONF: "/etc/krb5.conf" },
      files: { "/etc/krb5.conf": text, "/certs/kerberos/krb5.keytab": keytab },
    });
    expect(planned.problemLines).toEqual([]);
    expect(planned.contribution.files?.[0]?.content).toEqual({
      kind: "text",
      text: ["[libdefaults]\n    default_realm = CORP\n\n[realms]\n    CORP = {\n        kdc = kdc\n    }\n"],
    });
  });
});
