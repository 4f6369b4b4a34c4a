import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openSecret } from "../../../src/secret.ts";
import { trust } from "../../../src/features/trust/index.ts";
import { writePkcs12 } from "../../../src/formats/keystore/pkcs12.ts";
import { planFeature } from "../../support/plan-feature.ts";
import { bytesOf, cacerts, kafka, planTrust, roleDir, written } from "../../support/plan-trust.ts";

describe("TRUST_IN_PLACE", () => {
  const inPlace = { ...kafka, TRUST_IN_PLACE: "true" };
  const writable = { system: { writable: () => true } };
  const files = { "/certs/kafka/ca.crt": "[kafka.crt]" };

  it.each(["jdk.cacerts.jks", "jdk.cacerts.p12", "jdk.changeit.p12"])(
    "changes %s to PKCS#12, and a second start changes nothing",
    (name) => {
      const first = planTrust(inPlace, { ...files, [cacerts]: `[${name}]` }, writable);
      expect(first.problemLines).toEqual([]);
      expect(first.contribution.jvmOptions).toBeUndefined();
      const [file] = first.contribution.files ?? [];
      expect(file).toMatchObject({ path: cacerts, mode: 0o644, backup: `${roleDir}/cacerts.backup` });
      const store = written(first);
      expect(store.format).toBe("pkcs12");
      expect(store.entries.map(({ alias }) => alias)).toEqual(["jdk", "kafka-kafka-ca"]);
      const second = planTrust(inPlace, { ...files, [cacerts]: bytesOf(file) }, writable);
      expect(second.problemLines).toEqual([]);
      expect(second.contribution.files).toBeUndefined();
    },
  );

  it("keeps the default password of a truststore that needs it", () => {
    const pkcs8 = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "der" });
    const key = { kind: "key", alias: "own", pkcs8, chain: [] } as const;
    const bytes = (_label: string, length: number) => new Uint8Array(length);
    const encrypted = writePkcs12([key], { password: "changeit", bytes, iterations: 1 });
    const [file] = planTrust(inPlace, { ...files, [cacerts]: encrypted }, writable).contribution.files ?? [];
    const password = file?.content.kind === "keystore" ? file.content.password : undefined;
    expect(password && openSecret(password)).toBe("changeit");
  });

  it("needs a truststore that it can write", () => {
    expect(planTrust(inPlace, files).problemLines).toEqual([
      `trust/cannot-write TRUST_IN_PLACE: ${cacerts}: permission denied`,
    ]);
  });

  it("needs a JDK", () => {
    const { problemLines } = planFeature(trust, { environment: inPlace, files });
    expect(problemLines).toEqual(["trust/no-jdk TRUST_IN_PLACE: no JDK was found"]);
  });
});
