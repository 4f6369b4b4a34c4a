import { writePem } from "../formats/x509/pem.ts";
import { readKeystore } from "../formats/keystore/keystore.ts";
import { FormatError } from "../formats/format-error.ts";
import type { StoreEntry } from "../formats/keystore/entries.ts";
import type { FlinkSettings } from "../health/probe.ts";
import { readRegularFile } from "./read-file.ts";

/** PEM, as Node's TLS takes it. */
export interface ClientIdentity {
  readonly key: string;
  readonly cert: string;
  readonly ca: string[];
}

/** The keystore and truststore of the REST side, as Flink's own clients use them, or why they cannot be used. */
export function readClientIdentity(settings: FlinkSettings): ClientIdentity | { readonly reason: string } {
  try {
    const own = readStore(settings, "keystore");
    return identityOf(own, readStore(settings, "truststore"));
  } catch (error) {
    if (error instanceof FormatError) return { reason: error.message };
    throw error;
  }
}

/** The first key with its chain, and what is trusted. */
function identityOf(own: readonly StoreEntry[], trusted: readonly StoreEntry[]): ClientIdentity {
  const key = own.find((entry) => entry.kind === "key");
  const anchors = trusted.flatMap((entry) => {
    if (entry.kind === "key") return entry.chain.slice(0, 1);
    return entry.kind === "trusted" ? [entry.certificate] : [];
  });
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
