import { minorVersionsOf } from "./option-versions.ts";
import keysByRoles from "./keys-read-at-start.json" with { type: "json" };

type KeysByVersions = Readonly<Record<string, readonly string[]>>;

const roles: ReadonlyMap<string, KeysByVersions> = new Map(Object.entries(keysByRoles));

/**
 * Whether a value that Flink cannot convert keeps a role from starting. `role` is the first word of the command; only roles and
 * versions that were recorded (scripts/record-start-reads.ts) count.
 */
export function keepsFromStarting(key: string, role: string, version: string): boolean {
  const minor = version.split(".").slice(0, 2).join(".");
  return Object.entries(roles.get(role) ?? {}).some(
    ([versions, keys]) => keys.includes(key) && minorVersionsOf(versions).includes(minor),
  );
}
