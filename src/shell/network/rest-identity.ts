import type { Plan, PlannedFile } from "../../core/plan/plan.ts";
import { FormatError } from "../../formats/format-error.ts";
import type { StoreEntry } from "../../formats/keystore/entries.ts";
import { readKeystore } from "../../formats/keystore/keystore.ts";
import { writePem } from "../../formats/x509/pem.ts";
import type { FlinkSettings } from "../../health/kubernetes-probe.ts";
import { openedEntry } from "../run-dir/materialise.ts";
import { readRegularFile } from "../files/read-file.ts";

/** PEM, as Node's TLS takes it. */
export interface RestIdentity {
  readonly key: string;
  readonly cert: string;
  readonly ca: string[];
}

/** The keystore and truststore of the REST side, as Flink's own clients use them, or why they cannot be used. */
export function readRestIdentity(settings: FlinkSettings): RestIdentity | { readonly reason: string } {
  try {
    return identityOf([...readStore(settings, "keystore"), ...readStore(settings, "truststore")]);
  } catch (error) {
    if (error instanceof FormatError) return { reason: error.message };
    throw error;
  }
}

/** The same from the stores that a plan would write; undefined if they are mounted ready, and so read where they are. */
export function plannedIdentity(plan: Plan): RestIdentity | undefined {
  const stores = plan.files.filter(({ purpose }) => purpose === "rest-client").map(entriesOf);
  return stores.length === 0 ? undefined : identityOf(stores.flat());
}

function entriesOf({ content }: PlannedFile): readonly StoreEntry[] {
  return content.kind === "keystore" ? content.entries.map(openedEntry) : [];
}

/** The first key with its chain, and all that is trusted. */
function identityOf(entries: readonly StoreEntry[]): RestIdentity {
  const key = entries.find((entry) => entry.kind === "key");
  const trusted = entries.flatMap((entry) => (entry.kind === "trusted" ? [entry.certificate] : []));
  // A keystore that is its own truststore: Java takes the first certificate of a key's chain.
  const anchors = trusted.length > 0 ? trusted : (key?.chain ?? []).slice(0, 1);
  return {
    key: key === undefined ? "" : writePem("PRIVATE KEY", key.pkcs8),
    cert: (key?.chain ?? []).map((certificate) => writePem("CERTIFICATE", certificate)).join(""),
    ca: anchors.map((certificate) => writePem("CERTIFICATE", certificate)),
  };
}

function readStore(settings: FlinkSettings, name: "keystore" | "truststore"): readonly StoreEntry[] {
  // 1.x falls back to keys without a side (SecurityOptions).
  const of = (key: string) => settings.get(`security.ssl.rest.${key}`) ?? settings.get(`security.ssl.${key}`);
  const path = of(name);
  if (path === undefined) return [];
  const read = readRegularFile(path);
  if (read.kind !== "file") throw new FormatError(`${path} cannot be read`, "");
  return readKeystore(read.bytes, of(`${name}-password`)).entries;
}
