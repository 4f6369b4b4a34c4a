import { isAbsolute } from "node:path/posix";
import type { Environment } from "./environment.ts";

/** What a launch is computed from: the same things that Flink's scripts look at. */
export interface LaunchRequest {
  /** Such as `2.3.0`. */
  readonly version: string;
  /** As the user typed it: `["jobmanager", "-D", "x=y"]`, `["bash", "-c", "kubernetes-taskmanager.sh …"]`. */
  readonly command: readonly string[];
  /** Flink's installation, with no symbolic link in it: the scripts go by their own physical path. */
  readonly flinkHome: string;
  /** FLINK_CONF_DIR of the process. */
  readonly confDir: string;
  /**
   * What the configuration file in confDir will say, flattened, **without** the `-D` of the command line: the scripts read
   * `env.*` keys from the file only, and the memory model adds the `-D`.
   */
  readonly conf: ReadonlyMap<string, string>;
  /** The environment that the scripts would be started with. */
  readonly env: Environment;
  readonly facts: LaunchFacts;
}

/** Facts about the machine, which the shell looks up. */
export interface LaunchFacts {
  /** Files below {@link libFolder}, subfolders included, whose name ends in `.jar`; relative to it. Links to folders are not followed. */
  readonly libJars: readonly string[];
  /** The same for {@link optFolder}. Read for the SQL gateway only. */
  readonly optJars: readonly string[];
  /** Those of {@link foldersToLookFor} that are there. */
  readonly folders: ReadonlySet<string>;
  /** Whether PATH finds a `java`. */
  readonly javaOnPath: boolean;
  /** Of the java that will run, 17 for example; see `javaReleaseFile` and `javaMajorVersion`. Undefined when it is not known. */
  readonly javaMajorVersion: number | undefined;
  /** As `hostname` prints it, not fully qualified; read only where HOSTNAME is not set. */
  readonly hostName: string;
  /** What confDir holds. Flink 2 reads config.yaml only; 1.x prefers flink-conf.yaml. */
  readonly configFile: "config.yaml" | "flink-conf.yaml";
}

/** The parts of a request that decide which folders matter. */
type Installation = Pick<LaunchRequest, "flinkHome" | "conf" | "env">;

/** The folder whose jars make up the class path: FLINK_LIB_DIR, or `lib`. */
export function libFolder({ flinkHome, env }: Pick<Installation, "flinkHome" | "env">): string {
  return nonEmpty(env["FLINK_LIB_DIR"]) ?? `${flinkHome}/lib`;
}

/** The folder with the SQL gateway's jar: FLINK_OPT_DIR, or `opt`. */
export function optFolder({ flinkHome, env }: Pick<Installation, "flinkHome" | "env">): string {
  return nonEmpty(env["FLINK_OPT_DIR"]) ?? `${flinkHome}/opt`;
}

/** `env.java.home`, else JAVA_HOME, else the empty text. */
export function javaHome({ conf, env }: Pick<Installation, "conf" | "env">): string {
  return nonEmpty(conf.get("env.java.home")?.trim()) ?? env["JAVA_HOME"] ?? "";
}

/** Folders whose mere existence changes what the scripts compute. */
export function foldersToLookFor(installation: Pick<Installation, "conf" | "env">): readonly string[] {
  const { HADOOP_HOME, HBASE_HOME } = installation.env;
  const candidates = [
    javaHome(installation),
    ...(nonEmpty(HADOOP_HOME) === undefined ? [] : [`${HADOOP_HOME}/conf`, `${HADOOP_HOME}/etc/hadoop`]),
    ...(nonEmpty(HBASE_HOME) === undefined ? [] : [`${HBASE_HOME}/conf`]),
    systemHadoopConf,
    systemHbaseConf,
  ];
  return candidates.filter((path) => isAbsolute(path));
}

export const systemHadoopConf = "/etc/hadoop/conf";
export const systemHbaseConf = "/etc/hbase/conf";

/** An unset variable and an empty one are the same to the scripts. */
export function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
