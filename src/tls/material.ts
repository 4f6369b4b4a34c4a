import { hash } from "node:crypto";
import type { PlannedFile, ShownCertificate } from "../core/plan/plan.ts";
import type { Notice, Problem } from "../core/findings/problem.ts";
import type { Secret } from "../secret.ts";
import type { PrivateKeyFacts, System } from "../core/system/system.ts";
import { type Certificate, type CertificateDetails, certificateDetails } from "../formats/x509/certificate.ts";
import { FormatError } from "../formats/format-error.ts";
import { tlsProblems } from "./problems.ts";
import { describe } from "./read-certificate-file.ts";

/** What to read, and what for. */
export interface MaterialRequest {
  /** The variable that names the folder. */
  readonly variable: string;
  readonly dir: string;
  readonly passwordVariable: string;
  readonly password: Secret | undefined;
  /** Of a truststore with another password. */
  readonly truststorePasswordVariable?: string;
  readonly truststorePassword?: Secret | undefined;
  /** Where keystores made from PEM go. */
  readonly storeDir: string;
  /** Label of their derived password. */
  readonly label: string;
  /** Whether peers are verified. */
  readonly mutual: boolean;
  /** Whether the password of ready stores goes to Pekko. */
  readonly forPekko: boolean;
  readonly system: System;
}

/** A private key with its certificate. */
export interface Identity {
  readonly where: readonly string[];
  readonly key: PrivateKeyFacts;
  readonly leaf: Certificate;
  readonly details: CertificateDetails;
  /** Leaf first. */
  readonly chain: readonly Certificate[];
}

/** A keystore as Flink is told of it. */
export interface Store {
  readonly path: string;
  readonly format: "pkcs12" | "jks";
  readonly password: Secret;
}

/** Everything that Flink needs for one side of TLS. */
export interface Material {
  /** At least one. */
  readonly identities: readonly Identity[];
  /** Undefined: there is no truststore. */
  readonly anchors: { readonly where: readonly string[]; readonly certificates: readonly Certificate[] } | undefined;
  readonly keystore: Store;
  readonly truststore: Store | undefined;
  /** Keystores to be written. */
  readonly files: readonly PlannedFile[];
}

export interface MaterialRead {
  readonly material?: Material;
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** A key with the certificates that came with it: the leaf is the one that has the key, wherever it stands. */
export function makeIdentity(
  where: readonly string[],
  key: PrivateKeyFacts,
  certificates: readonly Certificate[],
): Identity | Problem {
  try {
    for (const leaf of certificates) {
      const details = certificateDetails(leaf);
      if (Buffer.compare(details.spki, key.spki) !== 0) continue;
      return { where, key, leaf, details, chain: [leaf, ...certificates.filter((one) => one !== leaf)] };
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { where: at, text, hint } = describe(where, error);
    return tlsProblems.problem("bad-certificate", at, text, hint);
  }
  const subject = certificates[0]?.subject ?? "";
  return tlsProblems.problem(
    "key-mismatch",
    where,
    `the private key does not belong to the certificate ${subject}`,
    "take the certificate and its key from the same Secret, or have a new one issued for the key",
  );
}

/** What a process with this material shows to others. */
export function shownCertificates(
  side: ShownCertificate["side"],
  { identities }: Material,
  system: System,
): readonly ShownCertificate[] {
  return identities.map(({ where, leaf, details }) => {
    const source = where.at(-1) ?? "";
    const sourceSha256 = fileSha256(source, system);
    return { side, source, sourceSha256, certificate: leaf, selfSigned: details.selfSigned };
  });
}

/** Lower-case hex; empty for a file that cannot be read. */
export function fileSha256(path: string, system: System): string {
  const read = system.readFile(path);
  return read.kind === "file" ? hash("sha256", read.bytes) : "";
}
