import type { Notice } from "../core/findings/problem.ts";
import { readingFailure } from "../core/system/reading-failure.ts";
import type { System, Unreadable } from "../core/system/system.ts";
import { type Certificate, readCertificates } from "../formats/x509/certificate.ts";
import { FormatError } from "../formats/format-error.ts";
import { nameOf } from "./describe-certificate.ts";

/** What a file holds, or why it holds nothing that can be used. */
export type CertificateFile =
  | {
      readonly kind: "certificates";
      readonly certificates: readonly Certificate[];
      /** Those that the file itself rejects; they are left out. */
      readonly rejected: readonly Certificate[];
    }
  | ({ readonly kind: "bad" } & Fault)
  | ({ readonly kind: "unreadable" } & Fault);

/** A problem without its code. */
export interface Fault {
  readonly where: readonly string[];
  readonly text: string;
  readonly hint: string;
}

/** The certificates of a file in PEM, DER or PKCS#7. */
export function readCertificateFile(where: readonly string[], path: string, system: System): CertificateFile {
  const read = system.readFile(path);
  if (read.kind !== "file") return unreadable(where, read);
  try {
    const all = readCertificates(read.bytes);
    return {
      kind: "certificates",
      certificates: all.filter(({ rejected }) => rejected !== true),
      rejected: all.filter(({ rejected }) => rejected === true),
    };
  } catch (error) {
    if (error instanceof FormatError) return { kind: "bad", ...describe(where, error) };
    throw error;
  }
}

/** Says that a file's own trust settings leave a certificate out. */
export function rejectedNotice(certificate: Certificate, where: readonly string[]): Notice {
  const text = `${nameOf(certificate)} is left out: its trust settings reject it for TLS servers`;
  return {
    level: "warning",
    where,
    text,
    hint: "take the certificate out of the file, or export it as a plain CERTIFICATE",
  };
}

function unreadable(where: readonly string[], read: Unreadable): CertificateFile {
  return { kind: "unreadable", where, ...readingFailure(read.kind) };
}

/** A format's error, with its line among where it was. */
export function describe(where: readonly string[], error: FormatError): Fault {
  return {
    where: error.line === undefined ? where : [...where, `line ${error.line}`],
    text: error.message,
    hint: error.hint,
  };
}
