import { readFileSync } from "node:fs";
import { X509Certificate } from "node:crypto";
import type { Content } from "../../src/core/plan/plan.ts";
import { openSecret } from "../../src/secret.ts";
import type { StoreEntry } from "../../src/formats/keystore/entries.ts";
import { readKeystore } from "../../src/formats/keystore/keystore.ts";
import { goldenDerive, goldenSeed } from "./case-system.ts";
import { madeIdentities } from "./identities.ts";
import type { RunCase } from "./run-case.ts";

/** The text with what differs from run to run replaced by its name: fingerprints, derived passwords, the temporary folder. */
export function stable(text: string, { root }: Pick<RunCase, "root">): string {
  let result = text.replaceAll(root.path, "");
  for (const { name, certificate } of madeIdentities()) {
    const { fingerprint256, fingerprint } = new X509Certificate(certificate.der);
    for (const [label, colons] of [
      ["sha256", fingerprint256],
      ["sha1", fingerprint],
    ] as const) {
      const hex = colons.replaceAll(":", "");
      for (const form of [colons, hex, hex.toLowerCase()]) result = result.replaceAll(form, `<${label} of ${name}>`);
    }
    // In aliases, and in place of a subject that is empty.
    for (const length of [16, 8]) {
      result = result.replaceAll(certificate.sha256.slice(0, length), `<${length} digits of ${name}>`);
    }
  }
  for (const [label, password] of goldenSeed.passwords) result = result.replaceAll(password, `<password ${label}>`);
  return result;
}

/** An applied file as a person reads it: text as it is, a store as the list of its entries. */
export function readable(path: string, content: Content | undefined, run: RunCase): string {
  const bytes = readFileSync(path);
  if (content?.kind === "keystore") {
    const password = content.password && openSecret(content.password, goldenDerive);
    const { format, entries } = readKeystore(bytes, password);
    const lines = [`${format}, password ${password ?? "none"}`, ...entries.map(entryLine)];
    return stable(`${lines.join("\n")}\n`, run);
  }
  const text = bytes.toString("utf8");
  return text.includes("\0") || text.includes("\uFFFD") ? `${bytes.length} bytes\n` : stable(text, run);
}

function entryLine(entry: StoreEntry): string {
  if (entry.kind === "key") return `key ${entry.alias}: ${entry.chain.map(nameOf).join(" <- ")}`;
  return `${entry.kind} ${entry.alias}: ${nameOf(entry.certificate)}`;
}

function nameOf(der: Uint8Array): string {
  const found = madeIdentities().find(({ certificate }) => Buffer.compare(certificate.der, der) === 0);
  return found?.name ?? "a certificate that is no test material";
}
