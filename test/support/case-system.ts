import type { Derive } from "../../src/secret.ts";
import type { System, Unreadable } from "../../src/core/system/system.ts";
import { readSystem } from "../../src/shell/read-system.ts";
import { Seed } from "../../src/shell/run-dir/seed.ts";
import type { CaseRoot } from "./case-root.ts";
import type { CaseOptions } from "./golden-case.ts";
import { goldenNow } from "./identities.ts";

/** Remembers which passwords were derived from it. */
class RecordingSeed extends Seed {
  readonly passwords = new Map<string, string>();

  override password(label: string): string {
    const password = super.password(label);
    this.passwords.set(label, password);
    return password;
  }
}

/** The seed of every golden case's run dir. */
export const goldenSeed = new RecordingSeed(Buffer.alloc(Seed.size, 7));

/** Derives from {@link goldenSeed}. */
export const goldenDerive: Derive = (label) => goldenSeed.password(label);

/** The world as a golden case sees it: its mounted files, a fixed host and instant, and its denials. */
export function caseSystem(
  root: CaseRoot,
  environment: Readonly<Record<string, string>>,
  { denied = [], readOnly = [] }: CaseOptions,
): System {
  const real = readSystem({
    environment,
    root: root.path,
    now: goldenNow,
    hostname: "flink-host.example.com",
    machine: "x86_64",
    uid: 9999,
  });
  const isBelow = (path: string, folders: readonly string[]) =>
    folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
  const unlessDenied = <T>(path: string, read: () => T): T | Unreadable =>
    isBelow(path, denied) ? { kind: "denied" } : read();
  return {
    ...real,
    readFile: (path) => unlessDenied(path, () => real.readFile(path)),
    listDirectory: (path) => unlessDenied(path, () => real.listDirectory(path)),
    readPrivateKey: (path, password) => unlessDenied(path, () => real.readPrivateKey(path, password)),
    readKeystore: (path, password) => unlessDenied(path, () => real.readKeystore(path, password)),
    readSecretFile: (path) => unlessDenied(path, () => real.readSecretFile(path)),
    writable: (path) => !isBelow(path, [...denied, ...readOnly]) && real.writable(path),
  };
}
