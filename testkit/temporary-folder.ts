import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { User } from "./user.ts";

/** A folder of one's own, gone when the test ends by whatever way: `using folder = temporaryFolder()`. */
export interface TemporaryFolder extends Disposable {
  readonly path: string;
  /** A path below it. */
  at(...names: readonly string[]): string;
}

/** Makes a folder below the system's, for a user to write in. Others may enter it, so keys below it need a mode of their own. */
export function temporaryFolder(owner?: User, purpose = "test"): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), `sluice-${purpose}-`));
  chmodSync(path, 0o755);
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
  return {
    path,
    at: (...names) => join(path, ...names),
    [Symbol.dispose]: () => {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
