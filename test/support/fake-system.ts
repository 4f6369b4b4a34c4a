import { openSecret, Secret } from "../../src/secret.ts";
import type { FileRead, KeystoreRead, PrivateKeyFacts, PrivateKeyRead, System } from "../../src/core/system/system.ts";
import { parseCertificate } from "../../src/formats/x509/certificate.ts";
import { FormatError } from "../../src/formats/format-error.ts";
import { readKeystore } from "../../src/formats/keystore/keystore.ts";
import { readPrivateKey } from "../../src/formats/x509/private-key.ts";
import { goldenNow } from "./identities.ts";

/** A world that holds these files and nothing else. */
export function fakeSystem(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  changes: Partial<System> = {},
): System {
  const readFile = (path: string): FileRead => {
    const content = files[path];
    if (content === undefined) {
      return { kind: Object.keys(files).some((file) => file.startsWith(`${path}/`)) ? "directory" : "missing" };
    }
    return { kind: "file", bytes: typeof content === "string" ? Buffer.from(content) : content, mode: 0o644 };
  };
  return {
    readFile,
    listDirectory: (path) => {
      const below = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      const names = new Set(below.map((file) => file.slice(path.length + 1).split("/")[0] ?? ""));
      return names.size === 0 ? { kind: "missing" } : { kind: "listing", names: [...names].toSorted() };
    },
    fileStamp: (path) => {
      const content = files[path];
      return content === undefined ? undefined : { size: content.length, modified: 0 };
    },
    writable: () => false,
    readPrivateKey: (path, password) => {
      const read = readFile(path);
      return read.kind === "file" ? privateKey(path, read.bytes, password) : read;
    },
    readKeystore: (path, password) => {
      const read = readFile(path);
      return read.kind === "file" ? keystore(path, read.bytes, password) : read;
    },
    secretMatches: (secret, pattern) => pattern.test(openSecret(secret)),
    readSecretFile: (path) => {
      const read = readFile(path);
      if (read.kind !== "file") return read;
      const text = Buffer.from(read.bytes).toString();
      const value = text.replace(/\r?\n$/, "");
      const secret = new Secret(path, () => value);
      return { kind: "secret", secret, empty: value === "", trailingNewline: value !== text, mode: read.mode };
    },
    runningStart: () => undefined,
    now: goldenNow,
    hostname: "flink-host.example.com",
    machine: "x86_64",
    javaOnPath: undefined,
    uid: 9999,
    ...changes,
  };
}

function privateKey(path: string, bytes: Uint8Array, password: Secret | undefined): PrivateKeyRead {
  return orBad(() => ({ kind: "key", key: keyFacts(path, bytes, password) }));
}

function keyFacts(path: string, bytes: Uint8Array, password: Secret | undefined): PrivateKeyFacts {
  const { pkcs8, ...facts } = readPrivateKey(bytes, password && openSecret(password));
  return { ...facts, pkcs8: new Secret(path, () => pkcs8) };
}

function keystore(path: string, bytes: Uint8Array, password: Secret | undefined): KeystoreRead {
  return orBad(() => {
    const { format, entries } = readKeystore(bytes, password && openSecret(password));
    return {
      kind: "keystore",
      format,
      entries: entries.map((entry) => {
        if (entry.kind !== "key") return { ...entry, certificate: parseCertificate(entry.certificate) };
        const { kind, alias, chain, pkcs8 } = entry;
        return { kind, alias, key: keyFacts(path, pkcs8, undefined), chain: chain.map(parseCertificate) };
      }),
    };
  });
}

function orBad<T>(read: () => T): T | { readonly kind: "bad"; readonly error: FormatError } {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return { kind: "bad", error };
    throw error;
  }
}
