import { createHash } from "node:crypto";
import type { KeyEntry, TrustedEntry } from "../../src/formats/keystore/entries.ts";
import { identity } from "./identities.ts";

/** An identity's key with its whole chain. */
export function keyEntry(name: string, alias = name): KeyEntry {
  const { certificate, keyPair, issuers } = identity(name);
  const pkcs8 = keyPair.privateKey.export({ type: "pkcs8", format: "der" });
  return {
    kind: "key",
    alias,
    pkcs8,
    chain: [certificate, ...issuers.map((one) => one.certificate)].map(({ der }) => der),
  };
}

export function trustedEntry(name: string, alias = name): TrustedEntry {
  return { kind: "trusted", alias, certificate: identity(name).certificate.der };
}

/** Salts and IVs for tests: others for another label, the same for the same. */
export function labelledBytes(label: string, length: number): Uint8Array {
  return createHash("sha512").update(label).digest().subarray(0, length);
}
