import { join } from "node:path/posix";

/** The processes of a cluster, which probes ask and commands take their configuration from. */
export const clusterRoles = ["jobmanager", "taskmanager"] as const;

export type ClusterRole = (typeof clusterRoles)[number];

/** What a command starts: `client` is every program that is not a service of Flink's. */
export const roles = [...clusterRoles, "history-server", "sql-gateway", "client"] as const;

export type Role = (typeof roles)[number];

/** The run dir that a user has in an environment. */
export function runDirOf(
  { SLUICE_RUN_DIR, TMPDIR }: { readonly SLUICE_RUN_DIR?: string | undefined; readonly TMPDIR?: string | undefined },
  uid: number,
): string {
  return SLUICE_RUN_DIR ?? join(TMPDIR ?? "/tmp", `sluice-${uid}`);
}

/**
 * Names below the run dir that more than one module knows. The processes of a run dir share the seed; everything else that a
 * process is started with stands in its role folder: `jobmanager`, or `jobmanager-2` while another one runs.
 */
export const inRunDir = {
  roleDir: (runDir: string, name: string): string => join(runDir, name),
  seed: (runDir: string): string => join(runDir, "seed"),
  /** Where version 0.1 kept the record of a JobManager or TaskManager. */
  oldStartRecord: (runDir: string, role: ClusterRole): string => join(runDir, `${role}.json`),
};

/** Names below a role folder that more than one module knows. */
export const inRoleDir = {
  startRecord: (roleDir: string): string => join(roleDir, "start.json"),
  conf: (roleDir: string): string => join(roleDir, "conf"),
  log: (roleDir: string): string => join(roleDir, "log"),
  hadoop: (roleDir: string): string => join(roleDir, "hadoop"),
  plugins: (roleDir: string): string => join(roleDir, "plugins"),
  truststoreBackup: (roleDir: string): string => join(roleDir, "cacerts.backup"),
};

/** The name of a role's folder for its first, second, … process: `jobmanager`, `jobmanager-2`. */
export function roleDirName(role: Role, copy: number): string {
  return copy === 1 ? role : `${role}-${copy}`;
}

/** The role that a folder of the run dir belongs to; undefined for any other name. */
export function roleOfDir(name: string): Role | undefined {
  return roles.find(
    (role) => name === role || (name.startsWith(`${role}-`) && /^[1-9]\d*$/.test(name.slice(role.length + 1))),
  );
}

/** The paths of the start records that a process would replace if it were started in the folder of that name. */
export function recordsReplacedBy(runDir: string, name: string): readonly string[] {
  const old = clusterRoles.filter((role) => role === name).map((role) => inRunDir.oldStartRecord(runDir, role));
  return [inRoleDir.startRecord(inRunDir.roleDir(runDir, name)), ...old];
}

/** Where jobs find a file of the role folder: the same path in the container of each process that reads the job's graph. */
export function pathForJobs(
  path: string,
  { runDir, roleDir }: { readonly runDir: string; readonly roleDir: string },
): string {
  return path.startsWith(`${roleDir}/`) ? join(runDir, path.slice(roleDir.length + 1)) : path;
}
