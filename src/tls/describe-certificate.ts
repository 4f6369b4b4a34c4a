import type { Certificate } from "../formats/x509/certificate.ts";

/** `2026-06-30`, UTC. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The subject, or for an empty one the start of the fingerprint. */
export function nameOf({ subject, sha256 }: Certificate): string {
  return subject === "" ? `the certificate ${sha256.slice(0, 16)}…` : subject;
}
