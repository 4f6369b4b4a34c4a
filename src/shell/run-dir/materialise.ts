import type { Content, PlannedStoreEntry } from "../../core/plan/plan.ts";
import { openSecret } from "../../secret.ts";
import type { KeyEntry, TrustedEntry } from "../../formats/keystore/entries.ts";
import { writePkcs12 } from "../../formats/keystore/pkcs12.ts";
import type { Seed } from "./seed.ts";

/** The password has 256 random bits, so that many rounds would only cost time: 1,000 in four stores take 5 ms here. */
const iterations = 100;

/** A file's bytes: secrets opened, recipes made. The same for the same seed. */
export function materialise(path: string, content: Content, seed: () => Seed): Uint8Array {
  const derive = (label: string) => seed().password(label);
  switch (content.kind) {
    case "text":
      return Buffer.from(
        content.text.map((part) => (typeof part === "string" ? part : openSecret(part, derive))).join(""),
      );
    case "copy":
      return content.bytes;
    case "keystore": {
      const entries = [...(content.inherited ?? []), ...content.entries.map(openedEntry)];
      const password = content.password && openSecret(content.password, derive);
      const bytes = (label: string, length: number) => seed().derive(`${path} ${label}`, length);
      return writePkcs12(entries, { password, bytes, iterations });
    }
  }
}

/** The entry with its private key in the open. */
export function openedEntry(entry: PlannedStoreEntry): KeyEntry | TrustedEntry {
  if (entry.kind === "trusted") return { ...entry, certificate: entry.certificate.der };
  return { ...entry, pkcs8: openSecret(entry.pkcs8), chain: entry.chain.map(({ der }) => der) };
}
