import type { MergedFlinkConf, Target } from "../../core/feature/feature.ts";
import type { Role } from "../../core/plan/run-dir.ts";
import type { JvmOption } from "./jvm-options.ts";

/** What a door is looked for in. */
export interface Deployment {
  readonly target: Target;
  readonly role: Role;
  readonly conf: MergedFlinkConf;
  /** Options of this process' JVM, and who set them. */
  readonly options: readonly JvmOption[];
}

/** An open door: where it was opened, and how to close it. */
export interface OpenDoor {
  readonly where: readonly string[];
  readonly text: string;
  readonly hint: string;
}

/** A way into a Flink process that TLS does not close. */
export interface Door {
  /** For SLUICE_ALLOW, and in the code of the problem. */
  readonly name: string;
  /** One sentence for docs/open-doors.md: what somebody can do there. */
  readonly risk: string;
  /** What closes it, for docs/open-doors.md. */
  readonly closedBy: string;
  readonly find: (deployment: Deployment) => readonly OpenDoor[];
}

/** Whether a key of Flink's configuration is true, as Flink reads it: in any case. */
export function isTrue(conf: MergedFlinkConf, key: string): boolean {
  return String(conf.get(key)?.value).toLowerCase() === "true";
}

/** Where a key was set. */
export function whereOf(conf: MergedFlinkConf, key: string): readonly string[] {
  const owner = conf.get(key)?.owner;
  return owner === undefined ? [key] : [owner, key];
}
