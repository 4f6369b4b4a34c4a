import type { Plan, ShownCertificate } from "./plan.ts";
import { type ClusterRole, clusterRoles, type Role } from "./run-dir.ts";

/** A certificate as it was when a process started. Dates are ISO 8601, UTC. */
export interface RecordedCertificate {
  readonly side: ShownCertificate["side"];
  /** The mounted file, and the SHA-256 of it at that time. Lower-case hex, no colons, as all others here. */
  readonly source: string;
  readonly sourceSha256: string;
  /** Of the certificate. */
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly selfSigned: boolean;
}

/** What a process was started with: docs/start-record.schema.json. There is no secret in it. */
export interface StartRecord {
  readonly version: 1;
  readonly role: Role;
  readonly pid: number;
  /** Field 22 of /proc/PID/stat, in clock ticks since boot: another process with the same id has another one. */
  readonly startTime: number;
  readonly flinkVersion: string;
  /** What a command beside it needs to use the same configuration. */
  readonly environment: { readonly set: Readonly<Record<string, string>>; readonly unset: readonly string[] };
  readonly certificates: readonly RecordedCertificate[];
}

/** The record of a JobManager or TaskManager. */
export type ClusterRecord = StartRecord & { readonly role: ClusterRole };

export function isOfCluster(record: StartRecord): record is ClusterRecord {
  return clusterRoles.some((role) => role === record.role);
}

/** The process that a plan is about to become. */
export interface StartedProcess {
  readonly pid: number;
  readonly startTime: number;
}

/** The record of a plan; undefined for a command that uses the configuration of another process. */
export function makeStartRecord(plan: Plan, { pid, startTime }: StartedProcess): StartRecord | undefined {
  if (plan.process === undefined) return undefined;
  const { role, environment } = plan.process;
  return {
    version: 1,
    role,
    pid,
    startTime,
    flinkVersion: plan.flink.version,
    environment: { set: environment, unset: plan.exec.unset },
    certificates: plan.shown.map(({ side, source, sourceSha256, certificate, selfSigned }) => ({
      side,
      source,
      sourceSha256,
      sha256: certificate.sha256,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      selfSigned,
    })),
  };
}

export function writeStartRecord(record: StartRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Undefined for a text that is not a record, or for a record of another version. */
export function readStartRecord(text: string): StartRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<StartRecord> | null;
    return record?.version === 1 ? (record as StartRecord) : undefined;
  } catch {
    return undefined;
  }
}
