import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/core/findings/findings.ts";
import { checkPeer } from "../../../src/preflight/peer.ts";
import { goldenNow, identity } from "../../support/identities.ts";

const tls = { trustVariable: "KAFKA_SSL_CA_DIR", unverifiedBy: undefined, identity: undefined, identityHint: "" };

function check(names: readonly string[], anchors: readonly string[] | undefined, host: string): readonly string[] {
  const findings: readonly Finding[] = checkPeer(
    names.map((name) => identity(name).certificate.der),
    {
      where: ["X"],
      address: { host, port: 9093 },
      tls,
      anchors: anchors?.map((name) => identity(name).certificate),
      now: goldenNow,
    },
  );
  return findings.map((finding) => ("code" in finding ? finding.code : finding.level));
}

describe("checkPeer", () => {
  it.each<[string, readonly string[], readonly string[] | undefined, string, readonly string[]]>([
    ["a leaf of a trusted CA", ["leaf"], ["ca"], "flink-jobmanager", []],
    ["a chain up to a trusted CA", ["deep", "intermediate"], ["ca"], "flink-jobmanager", []],
    ["a chain whose middle is trusted", ["deep", "intermediate"], ["intermediate"], "flink-jobmanager", []],
    ["a leaf that is trusted itself", ["leaf"], ["leaf"], "flink-jobmanager", []],
    ["an expired root that is trusted itself", ["expired-ca"], ["expired-ca"], "Expired CA", ["peer/expired"]],
    ["a chain with a gap", ["deep"], ["ca"], "flink-jobmanager", ["peer/untrusted"]],
    ["another CA", ["leaf", "ca"], ["foreign-ca"], "flink-jobmanager", ["peer/untrusted"]],
    ["a CA of the same name", ["leaf"], ["ca-renewed"], "flink-jobmanager", ["peer/untrusted"]],
    ["another name", ["leaf"], ["ca"], "kafka", ["peer/other-name"]],
    ["an address that it has", ["pod"], ["ca"], "127.0.0.1", []],
    ["an address that it does not have", ["leaf"], ["ca"], "127.0.0.1", ["peer/other-name"]],
    ["an expired one", ["expired"], ["expired"], "flink.internal", ["peer/expired"]],
    ["one that is not valid yet", ["future"], ["future"], "flink.internal", ["peer/not-yet-valid"]],
    ["one that expires soon", ["soon"], ["soon"], "flink.internal", ["warning"]],
    ["no truststore to compare with", ["leaf"], undefined, "flink-jobmanager", ["warning"]],
    ["no certificate", [], ["ca"], "flink-jobmanager", ["peer/untrusted"]],
  ])("%s", (_what, chain, anchors, host, expected) => {
    expect(check(chain, anchors, host)).toEqual(expected);
  });
});
