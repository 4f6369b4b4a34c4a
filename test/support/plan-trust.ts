import type { PlannedFile } from "../../src/core/plan/plan.ts";
import { trust } from "../../src/features/trust/index.ts";
import { type Keystore, readKeystore } from "../../src/formats/keystore/keystore.ts";
import { materialise } from "../../src/shell/run-dir/materialise.ts";
import { goldenSeed } from "./case-system.ts";
import { type PlannedFeature, planFeature, type World } from "./plan-feature.ts";

export const cacerts = "/jdk/lib/security/cacerts";
export const roleDir = "/tmp/sluice-9999/jobmanager";
export const kafka = { KAFKA_SSL_ENABLED: "true" };

/** What trust plans with these files and a JDK that trusts one certificate. */
export function planTrust(
  environment: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string | Uint8Array>>,
  world: World = {},
): PlannedFeature {
  return planFeature(trust, {
    ...world,
    files: { [cacerts]: "[jdk.cacerts.p12]", ...files },
    environment: { JAVA_HOME: "/jdk", ...environment },
  });
}

/** `alias service source` of each certificate that is added. */
export function added({ contribution }: PlannedFeature): readonly string[] {
  return (contribution.trusted ?? []).map(({ alias, service, source }) => `${alias} ${service} ${source}`);
}

export function bytesOf(file: PlannedFile | undefined): Uint8Array {
  if (file === undefined) throw new Error("no file is planned");
  return materialise(file.path, file.content, () => goldenSeed);
}

/** The planned truststore, read back. */
export function written({ contribution }: PlannedFeature): Keystore {
  return readKeystore(bytesOf(contribution.files?.[0]), undefined);
}
