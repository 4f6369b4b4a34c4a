import type { Algorithm } from "../feature/algorithm.ts";
import type { Certificate } from "../../formats/x509/certificate.ts";
import type { KeyEntry, TrustedEntry } from "../../formats/keystore/entries.ts";
import type { Notice } from "../findings/problem.ts";
import type { Role } from "./run-dir.ts";
import type { Secret, Text } from "../../secret.ts";

/** A keystore entry of a plan: the private key is still a secret. */
export type PlannedStoreEntry =
  | {
      readonly kind: "key";
      readonly alias: string;
      readonly pkcs8: Secret<Uint8Array>;
      readonly chain: readonly Certificate[];
    }
  | { readonly kind: "trusted"; readonly alias: string; readonly certificate: Certificate };

/** What a file will hold: text with secrets in place, a copy, or a recipe that `src/shell` materialises. */
export type Content =
  | { readonly kind: "text"; readonly text: Text }
  | { readonly kind: "copy"; readonly from: string; readonly bytes: Uint8Array }
  /** PKCS#12. */
  | {
      readonly kind: "keystore";
      readonly entries: readonly PlannedStoreEntry[];
      /** Entries carried over as they are from an existing store. */
      readonly inherited?: readonly (KeyEntry | TrustedEntry)[];
      /** Undefined: no encryption and no integrity check, as the JDK's own cacerts. */
      readonly password: Secret | undefined;
    };

export interface PlannedFile {
  readonly path: string;
  /** 0o600 for anything with a secret. */
  readonly mode: number;
  readonly content: Content;
  /** What the file is made from, if anything: the diff's left side. */
  readonly basis?: { readonly path: string; readonly text: Text };
  /** Where it cannot be renamed into place, write through it and keep a copy of the old file here (`TRUST_IN_PLACE`). */
  readonly backup?: string;
  /** What Sluice itself needs it for: it calls Flink's REST API with the key and the CAs of these stores. */
  readonly purpose?: "rest-client";
  /** Whether jobs name it. They find it in the run dir, by a path that is the same for each process. */
  readonly forJobs?: true;
}

/** A symbolic link of a plan. */
export interface PlannedLink {
  readonly path: string;
  readonly target: string;
  /** Whether it leads jobs into a role folder. Another process of the run dir may own it. */
  readonly forJobs?: true;
}

/** A value of Flink's configuration. */
export type FlinkValue = string | Secret;

/** One key of Flink's effective configuration, and who set it: a feature's name, a file's path, `FLINK_PROPERTIES` or `-D`. */
export interface OwnedFlinkKey {
  readonly key: string;
  readonly value: FlinkValue;
  readonly owner: string;
}

/** A certificate that the JVM will trust, and why. */
export interface TrustedCertificate {
  readonly certificate: Certificate;
  readonly alias: string;
  /** The service that wanted it, such as `kafka`. */
  readonly service: string;
  readonly source: string;
}

/** A certificate that Flink's process will show to others. */
export interface ShownCertificate {
  /** To Flink's other processes, or to users of the REST API. */
  readonly side: "internal" | "rest";
  /** The mounted file that it comes from. */
  readonly source: string;
  /** SHA-256 of that file, lower-case hex: what was planned from, whatever is mounted by now. */
  readonly sourceSha256: string;
  readonly certificate: Certificate;
  readonly selfSigned: boolean;
}

/** The process that a plan starts. */
export interface StartedRole {
  readonly role: Role;
  /** What any other command is given in order to use the same configuration. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What is exec'd in the end. */
export interface Exec {
  readonly path: string;
  /** argv[0] included. */
  readonly argv: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
  /** Files that take its output, emptied first (`env.stdout-err.redirect-to-file`). */
  readonly redirect?: { readonly stdout: string; readonly stderr: string };
}

/** Everything that a start will do, decided and not yet done. Printed by `sluice plan`, applied by `sluice run`. */
export interface Plan {
  readonly command: readonly string[];
  readonly runDir: string;
  /** The folder of the run dir that only this process writes to. */
  readonly roleDir: string;
  readonly flink: { readonly home: string; readonly version: string; readonly checked: boolean };
  readonly files: readonly (PlannedFile & { readonly owner: string })[];
  readonly links: readonly (PlannedLink & { readonly owner: string })[];
  readonly flinkConf: readonly OwnedFlinkKey[];
  /** What each part uses; empty unless SLUICE_FIPS is set. */
  readonly algorithms: readonly Pick<Algorithm, "part" | "name">[];
  readonly trusted: readonly TrustedCertificate[];
  readonly shown: readonly ShownCertificate[];
  readonly exec: Exec;
  /** Undefined for a command that uses the configuration of another process. */
  readonly process: StartedRole | undefined;
  readonly notices: readonly Notice[];
}
