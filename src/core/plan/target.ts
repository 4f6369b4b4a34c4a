import { join } from "node:path/posix";
import type { Target } from "../feature/feature.ts";
import { withoutHostOption } from "./operator-host.ts";
import { inRoleDir, inRunDir, recordsReplacedBy, type Role, roleDirName, runDirOf } from "./run-dir.ts";
import type { ParsedSettings } from "../settings/settings.ts";
import type { System } from "../system/system.ts";
import { choice, path, seconds } from "../settings/variables.ts";

/** The newest Flink this version was tested with: assumed where none is installed. */
export const newestFlink = "2.3.0";

/** The variables that say where things are; every plan reads them. */
export const targetDeclaration = {
  title: "Where things are",
  about: "Read for every command.",
  env: {
    FLINK_HOME: path({ desc: "Flink's installation", defaultText: "/opt/flink" }),
    FLINK_CONF_DIR: path({
      desc: "The folder with Flink's configuration as it is mounted; it is only read",
      defaultText: "$FLINK_HOME/conf",
    }),
    JAVA_HOME: path({ desc: "The JDK or JRE", defaultText: "that of the java on PATH" }),
    SLUICE_RUN_DIR: path({
      desc: "Where rendered files go, in a folder for each process (jobmanager, taskmanager, …); made with mode 0700, and must belong to the user who starts",
      defaultText: "${TMPDIR:-/tmp}/sluice-<uid>",
    }),
    TMPDIR: path({ desc: "Parent of the default run dir", defaultText: "/tmp" }),
    SLUICE_LAUNCH: choice(["native", "scripts"], {
      desc: "Start the JVM directly, or leave it to Flink's own scripts, which start five more before",
      default: "native",
    }),
    SLUICE_HEALTH_SPREAD: seconds({
      desc: "How long the restarts for a renewed certificate are spread over, by sluice health --liveness; 0 is at once",
      defaultText: "600, and 0 for a self-signed certificate",
    }),
    SLUICE_PREFLIGHT: choice(["files", "network"], {
      desc: "What is looked at before a start: the variables and files only, or everything that sluice check looks at; what it finds keeps run from starting, with exit code 69",
      default: "files",
    }),
    SLUICE_LOG_LEVEL: choice(["info", "warning", "error"], {
      desc: "The lowest level that is logged on stderr",
      default: "info",
    }),
  },
} as const;

/** What of the target is not in the variables. */
export interface TargetInput {
  readonly command: readonly string[];
  /** What that command starts, with the Flink in that folder. */
  readonly roleOf: (command: readonly string[], flinkHome: string) => Role;
  readonly system: System;
  readonly assumedVersion: string | undefined;
}

/** What is started, and with what: Flink's version is read off its flink-dist jar. */
export function makeTarget(settings: ParsedSettings, input: TargetInput): Target {
  const { command, system, assumedVersion } = input;
  const { FLINK_HOME, FLINK_CONF_DIR, JAVA_HOME, SLUICE_LAUNCH, ...folders } = settings.of(targetDeclaration);
  const flinkHome = FLINK_HOME ?? "/opt/flink";
  const runDir = runDirOf(folders, system.uid);
  const roleDir = freeRoleDir(runDir, input.roleOf(command, flinkHome), system);
  const installed = installedVersion(flinkHome, system);
  const flinkVersion = assumedVersion ?? installed ?? newestFlink;
  return {
    command: withoutHostOption(command, flinkVersion),
    role: wordRoles.get(command[0] ?? ""),
    flinkHome,
    flinkVersion,
    flinkChecked: installed !== undefined,
    javaHome: JAVA_HOME ?? system.javaOnPath,
    mountedConfDir: FLINK_CONF_DIR ?? join(flinkHome, "conf"),
    runDir,
    roleDir,
    confDir: inRoleDir.conf(roleDir),
    launch: SLUICE_LAUNCH,
    variable: settings.variable,
  };
}

/** The first folder of the role whose process has ended, or that is not there. */
function freeRoleDir(runDir: string, role: Role, system: System): string {
  for (let copy = 1; ; copy++) {
    const name = roleDirName(role, copy);
    const isTaken = recordsReplacedBy(runDir, name).some((record) => system.runningStart(record) !== undefined);
    if (!isTaken) return inRunDir.roleDir(runDir, name);
  }
}

const wordRoles: ReadonlyMap<string, Target["role"]> = new Map([
  ["jobmanager", "jobmanager"],
  ["standalone-job", "jobmanager"],
  ["taskmanager", "taskmanager"],
]);

function installedVersion(flinkHome: string, system: System): string | undefined {
  const lib = system.listDirectory(join(flinkHome, "lib"));
  if (lib.kind !== "listing") return undefined;
  const jars = lib.names.map((name) => /^flink-dist[-_](?:2\.\d+-)?(\d+\.\d+\.\d+.*)\.jar$/.exec(name)?.[1]);
  return jars.find((version) => version !== undefined);
}
