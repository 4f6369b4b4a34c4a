import { existsSync, realpathSync } from "node:fs";
import { machine, hostname as systemHostname } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { openSecret, Secret } from "../secret.ts";
import type {
  KeystoreEntryFacts,
  KeystoreRead,
  PrivateKeyFacts,
  PrivateKeyRead,
  SecretFileRead,
  System,
} from "../core/system/system.ts";
import { parseCertificate } from "../formats/x509/certificate.ts";
import { FormatError } from "../formats/format-error.ts";
import { readKeystore } from "../formats/keystore/keystore.ts";
import { readPrivateKey } from "../formats/x509/private-key.ts";
import { isWritable, readDirectory, readFileStamp, readRegularFile } from "./files/read-file.ts";
import { runningStart } from "./run-dir/start-record.ts";

export interface ReadSystemOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Look all paths up below this folder. */
  readonly root?: string | undefined;
  readonly now?: Date;
  readonly hostname?: string;
  readonly machine?: string;
  readonly uid?: number;
}

/** The real world, as a plan may see it. */
export function readSystem(options: ReadSystemOptions): System {
  const root = options.root;
  const at = (path: string) => (root === undefined ? path : join(root, path));
  const readFile = memoise((path) => readRegularFile(at(path)));
  const java = memoise(findJava);
  return {
    readFile,
    listDirectory: memoise((path) => readDirectory(at(path))),
    fileStamp: (path) => readFileStamp(at(path)),
    writable: memoise((path) => isWritable(at(path))),
    readPrivateKey: (path, password) => {
      const read = readFile(path);
      return read.kind === "file" ? privateKey(path, read.bytes, password) : read;
    },
    readKeystore: (path, password) => {
      const read = readFile(path);
      return read.kind === "file" ? keystore(path, read.bytes, password) : read;
    },
    readSecretFile: (path) => {
      const read = readFile(path);
      return read.kind === "file" ? secretFile(path, read.bytes, read.mode) : read;
    },
    secretMatches: (secret, pattern) => pattern.test(openSecret(secret)),
    // Elsewhere, another machine's processes are meant.
    runningStart: memoise((path) => (root === undefined ? runningStart(path) : undefined)),
    now: options.now ?? new Date(),
    hostname: options.hostname ?? fullyQualifiedHostname(),
    machine: options.machine ?? machine(),
    get javaOnPath() {
      return root === undefined ? java(options.environment["PATH"] ?? "") : undefined;
    },
    uid: options.uid ?? process.getuid?.() ?? 0,
  };
}

function memoise<T>(read: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const found = known.get(path) ?? read(path);
    known.set(path, found);
    return found;
  };
}

function privateKey(path: string, bytes: Uint8Array, password: Secret | undefined): PrivateKeyRead {
  try {
    return { kind: "key", key: facts(path, bytes, password) };
  } catch (error) {
    if (error instanceof FormatError) return { kind: "bad", error };
    throw error;
  }
}

function facts(path: string, bytes: Uint8Array, password: Secret | undefined): PrivateKeyFacts {
  const key = readPrivateKey(bytes, password && openSecret(password));
  return { type: key.type, bits: key.bits, spki: key.spki, pkcs8: new Secret(path, () => key.pkcs8) };
}

function keystore(path: string, bytes: Uint8Array, password: Secret | undefined): KeystoreRead {
  try {
    const { format, entries } = readKeystore(bytes, password && openSecret(password));
    return {
      kind: "keystore",
      format,
      entries: entries.map((entry): KeystoreEntryFacts => {
        if (entry.kind !== "key") return { ...entry, certificate: parseCertificate(entry.certificate) };
        const { kind, alias, pkcs8, chain } = entry;
        return { kind, alias, key: facts(path, pkcs8, undefined), chain: chain.map(parseCertificate) };
      }),
    };
  } catch (error) {
    if (error instanceof FormatError) return { kind: "bad", error };
    throw error;
  }
}

function secretFile(path: string, bytes: Uint8Array, mode: number): SecretFileRead {
  const raw = new TextDecoder().decode(bytes);
  const value = raw.replace(/\r?\n$/, "");
  return {
    kind: "secret",
    secret: new Secret(path, () => value),
    empty: value === "",
    trailingNewline: value !== raw,
    mode,
  };
}

/** As `hostname -f`: the first name of the hosts file's line that has ours. */
function fullyQualifiedHostname(): string {
  const name = systemHostname();
  const hosts = readRegularFile("/etc/hosts");
  if (hosts.kind !== "file") return name;
  for (const line of new TextDecoder().decode(hosts.bytes).split("\n")) {
    const [, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (names.includes(name) && names[0] !== "localhost") return names[0] ?? name;
  }
  return name;
}

function findJava(path: string): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  const java = folders.map((folder) => join(folder, "java")).find((each) => existsSync(each));
  return java === undefined ? undefined : dirname(dirname(realpathSync(java)));
}
