import { join } from "node:path/posix";
import type { Plan } from "./plan.ts";

/**
 * The links by which jobs reach files of a role folder: `<run dir>/kafka -> jobmanager/kafka`. A job's graph names them where it
 * is built, and the TaskManagers that run it open the same path. One link for each entry of the role folder.
 */
export function jobLinks(
  files: Plan["files"],
  { runDir, roleDir }: { readonly runDir: string; readonly roleDir: string },
): Plan["links"] {
  const names = new Map(
    files
      .filter(({ path, forJobs }) => forJobs === true && path.startsWith(`${roleDir}/`))
      .map(({ path, owner }) => [path.slice(roleDir.length + 1).split("/")[0] ?? "", owner]),
  );
  const role = roleDir.slice(runDir.length + 1);
  return [...names].map(([name, owner]) => ({
    path: join(runDir, name),
    target: join(role, name),
    owner,
    forJobs: true,
  }));
}
