import { minorVersion } from "./option-dictionary.ts";
import keysByRoles from "./keys-read-at-start.json" with { type: "json" };

type KeysByVersions = Readonly<Record<string, readonly string[]>>;

const roles: ReadonlyMap<string, KeysByVersions> = new Map(Object.entries(keysByRoles));

/**
 * Whether a value that Flink cannot convert keeps a role from starting. `role` is the first word of the command; only roles and
 * versions that were recorded (scripts/record-start-reads.ts) count.
 */
export function keepsFromStarting(key: string, role: string, version: string): boolean {
  const minor = minorVersion(version);
  return Object.entries(roles.get(role) ?? {}).some(
    ([versions, keys]) => keys.includes(key) && versions.split(" ").some((each) => minorVersion(each) === minor),
  );
}
