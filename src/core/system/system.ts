import type { Certificate } from "../../formats/x509/certificate.ts";
import type { FormatError } from "../../formats/format-error.ts";
import type { Secret } from "../../secret.ts";
import type { StartRecord } from "../plan/start-record.ts";

/** Why a path gave nothing. */
export type Unreadable = {
  readonly kind: "missing" | "denied" | "directory" | "not-directory" | "too-large" | "special";
};

export type FileRead = { readonly kind: "file"; readonly bytes: Uint8Array; readonly mode: number } | Unreadable;

/** `names` are sorted; hidden ones (Kubernetes' `..data`) are left out. */
export type DirectoryRead = { readonly kind: "listing"; readonly names: readonly string[] } | Unreadable;

/** What a plan may know of a private key. */
export interface PrivateKeyFacts {
  readonly type: "rsa" | "ec" | "other";
  /** RSA: modulus bits. EC: field bits. */
  readonly bits: number;
  /** SubjectPublicKeyInfo, DER: compared with the certificate's. */
  readonly spki: Uint8Array;
  /** PKCS#8, DER, unencrypted. */
  readonly pkcs8: Secret<Uint8Array>;
}

export type PrivateKeyRead =
  | { readonly kind: "key"; readonly key: PrivateKeyFacts }
  | { readonly kind: "bad"; readonly error: FormatError }
  | Unreadable;

export type KeystoreEntryFacts =
  | {
      readonly kind: "key";
      readonly alias: string;
      readonly key: PrivateKeyFacts;
      readonly chain: readonly Certificate[];
    }
  | { readonly kind: "trusted"; readonly alias: string; readonly certificate: Certificate }
  /** In the store, but Java does not count it as trusted. */
  | { readonly kind: "untrusted"; readonly alias: string; readonly certificate: Certificate };

export type KeystoreRead =
  | { readonly kind: "keystore"; readonly format: "pkcs12" | "jks"; readonly entries: readonly KeystoreEntryFacts[] }
  | { readonly kind: "bad"; readonly error: FormatError }
  | Unreadable;

/** The text of a secret file with one trailing newline taken off. */
export type SecretFileRead =
  | {
      readonly kind: "secret";
      readonly secret: Secret;
      readonly empty: boolean;
      readonly trailingNewline: boolean;
      readonly mode: number;
    }
  | Unreadable;

/** What tells whether a file is still the one it was. */
export interface FileStamp {
  /** Bytes. */
  readonly size: number;
  /** When it was last written: whole seconds since 1970, which is what an image's layers keep. */
  readonly modified: number;
}

/**
 * The only way a plan sees the world: read-only and memoised, so that planning twice, or planning and then applying, sees the
 * same thing. `src/shell/read-system.ts` implements it; with a root folder, all paths are looked up below that.
 */
export interface System {
  /** A file's bytes, links followed. At most 64 MiB. */
  readFile(path: string): FileRead;
  listDirectory(path: string): DirectoryRead;
  /** Of a file, links followed; undefined where there is none that can be seen. */
  fileStamp(path: string): FileStamp | undefined;
  /** Whether this process could write files there. */
  writable(path: string): boolean;
  /** PEM (PKCS#1, PKCS#8, SEC1, encrypted or not) or DER. The key itself stays behind a Secret. */
  readPrivateKey(path: string, password: Secret | undefined): PrivateKeyRead;
  /** PKCS#12 or JKS, by its first bytes. Without a password only what is not encrypted can be read. */
  readKeystore(path: string, password: Secret | undefined): KeystoreRead;
  readSecretFile(path: string): SecretFileRead;
  /** Whether a secret has something that it must not have where it goes. Says no more of it than that. */
  secretMatches(secret: Secret, pattern: RegExp): boolean;
  /** The start record at a path, if its process still runs and is not this one. */
  runningStart(path: string): StartRecord | undefined;
  /** UTC. One instant for a whole plan. */
  readonly now: Date;
  /** Fully qualified where DNS knows it, as `hostname -f` prints. */
  readonly hostname: string;
  /** As `uname -m` prints it: `x86_64`, `aarch64`. */
  readonly machine: string;
  /** The home of the `java` that PATH finds, links followed. */
  readonly javaOnPath: string | undefined;
  readonly uid: number;
}
