import { createHash } from "node:crypto";
import type { ShownCertificate } from "../core/plan/plan.ts";
import type { RecordedCertificate } from "../core/plan/start-record.ts";

/** A mounted certificate that a process would use after a restart. */
export interface Renewal {
  readonly mounted: ShownCertificate;
  /** Of the one in use. */
  readonly expired: boolean;
}

/**
 * The first renewal among what is mounted: a certificate that is not in use, and that was issued later than what is, or whatever
 * replaces one that has expired. An older one is not a renewal: a restart would go back.
 */
export function findRenewal(
  inUse: readonly RecordedCertificate[],
  mounted: readonly ShownCertificate[],
  now: Date,
): Renewal | undefined {
  for (const each of mounted) {
    const old = inUse.filter(({ side }) => side === each.side);
    if (old.length === 0 || old.some(({ sha256 }) => sha256 === each.certificate.sha256)) continue;
    const expired = old.some((one) => hasExpired(one, now));
    if (expired || old.every((one) => isNewer(each, one))) return { mounted: each, expired };
  }
  return undefined;
}

export function hasExpired({ notAfter }: RecordedCertificate, now: Date): boolean {
  return Date.parse(notAfter) <= now.getTime();
}

function isNewer({ certificate }: ShownCertificate, old: RecordedCertificate): boolean {
  const later = certificate.notBefore.getTime() - Date.parse(old.notBefore);
  return later > 0 || (later === 0 && certificate.notAfter.getTime() > Date.parse(old.notAfter));
}

/**
 * How many seconds a process waits before it asks for its restart: a number below `spread` that is the same each time for this
 * host and this certificate, and another one for another host.
 */
export function delaySeconds(host: string, sha256: string, spread: number): number {
  const digest = createHash("sha256").update(`${host}\0${sha256}`).digest();
  return Math.floor((digest.readUInt32BE() / 2 ** 32) * spread);
}

/** Processes with another self-signed certificate refuse each other, so all must restart at once. */
export function defaultSpread({ selfSigned }: ShownCertificate): number {
  return selfSigned ? 0 : 600;
}
