import type { LaunchFacts, LaunchRequest } from "../../src/flink/launch-request.ts";

/** The folder below which everything of a set-up lies, under a name that says nothing about the machine. */
export const world = "/world";

/** One way to start Flink: what the scripts and our computation are both given. Paths begin with {@link world}. */
export interface LaunchSetup {
  readonly name: string;
  readonly version: string;
  readonly command: readonly string[];
  readonly conf: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly flinkHome: string;
  readonly confDir: string;
  /** Below flinkHome/lib, beside flink-dist. */
  readonly libJars: readonly string[];
  readonly optJars: readonly string[];
  /** Folders that are there, besides Flink's own and {@link jdk}. */
  readonly folders: readonly string[];
  /** By path; `PID` in them stands for a process that is alive. */
  readonly files: Readonly<Record<string, string>>;
  readonly javaMajorVersion: number;
  readonly configFile: LaunchFacts["configFile"];
}

/** A JAVA_HOME that is there in every set-up. */
export const jdk = `${world}/jdk`;

export const hostName = "host-of-the-machine";

/** The request that the set-up is, for our own computation. */
export function requestOf(setup: LaunchSetup): LaunchRequest {
  const { version, command, conf, flinkHome, confDir, configFile, javaMajorVersion } = setup;
  return {
    version,
    command,
    flinkHome,
    confDir,
    conf: new Map(Object.entries(conf)),
    env: environmentOf(setup),
    facts: {
      libJars: [...setup.libJars, `flink-dist-${version}.jar`],
      optJars: setup.optJars,
      folders: new Set([...setup.folders, jdk]),
      javaOnPath: true,
      javaMajorVersion,
      hostName,
      configFile,
    },
  };
}

/** The environment that the scripts are started with, PATH aside. They sort by the locale. */
export function environmentOf({ env, confDir }: LaunchSetup): Readonly<Record<string, string>> {
  return { LC_ALL: "C.UTF-8", FLINK_CONF_DIR: confDir, FLINK_PID_DIR: `${world}/pids`, ...env };
}

/** The script and arguments that the command stands for, as the official image's entrypoint calls it. */
export function scriptOf({ command, flinkHome }: LaunchSetup): readonly string[] {
  const [first = "", ...args] = command;
  const script = { jobmanager: "jobmanager", taskmanager: "taskmanager", "standalone-job": "standalone-job" }[first];
  const other = { "history-server": "historyserver", "sql-gateway": "sql-gateway" }[first];
  const name = script ?? other;
  return name === undefined ? command : [`${flinkHome}/bin/${name}.sh`, "start-foreground", ...args];
}
